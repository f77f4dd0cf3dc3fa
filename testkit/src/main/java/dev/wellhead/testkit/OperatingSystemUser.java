package dev.wellhead.testkit;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who runs the server: PostgreSQL refuses to run as root. */
enum OperatingSystemUser {
    /** An ordinary user runs the server as itself. */
    SELF,
    /** Root in a user namespace of its own looks like nobody to PostgreSQL, and its files too. */
    NAMESPACE,
    /** Where namespaces are forbidden, as in many containers, root becomes nobody for real. */
    NOBODY;

    private static final int NOBODY_ID = 65534;

    static OperatingSystemUser detect() {
        if (!isRoot()) {
            return SELF;
        }
        return NAMESPACE.works() ? NAMESPACE : NOBODY;
    }

    /** {@return what goes before a command so that this user runs it} */
    List<String> prefix() {
        return switch (this) {
            case SELF -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY -> List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
        };
    }

    /** Makes a directory tree belong to this user. */
    void own(Path tree) {
        if (this != NOBODY) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + tree + " to nobody", e);
        }
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private boolean works() {
        try {
            Process probe = new ProcessBuilder(
                            Stream.concat(prefix().stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
