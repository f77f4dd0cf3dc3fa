package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who runs the server: PostgreSQL refuses to run as root. */
enum OperatingSystemUser {
    /** An ordinary user runs the server as itself. */
    SELF,
    /** Root in a user namespace of its own looks like nobody to PostgreSQL, and its files too. */
    NAMESPACE,
    /** Where namespaces are forbidden, as in many containers, root becomes nobody for real. */
    SETPRIV,
    /** The same, where there is no setpriv. */
    RUNUSER;

    private static final int NOBODY = 65_534;
    private static final String OWNER = "unix:uid";

    /**
     * {@return who runs the server for this process}
     *
     * @throws IOException when this process is root and cannot become anybody else; the message says what to do
     */
    static OperatingSystemUser current() throws IOException {
        if (!isRoot()) {
            return SELF;
        }
        for (OperatingSystemUser user : List.of(NAMESPACE, SETPRIV, RUNUSER)) {
            if (user.works()) {
                return user;
            }
        }
        throw new IOException(
                "PostgreSQL does not run as root, and this process is root and cannot become another user:"
                        + " 'unshare -U' is not permitted here, and neither setpriv nor runuser works. Run as an ordinary user,"
                        + " or install util-linux, which has setpriv.");
    }

    static boolean isRoot() throws IOException {
        Path probe = Files.createTempFile("wellhead", "");
        try {
            return probe.getFileSystem().supportedFileAttributeViews().contains("unix") && owner(probe) == 0;
        } finally {
            Files.delete(probe);
        }
    }

    /** {@return a command that runs another one as this user} */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(
                switch (this) {
                    case SELF -> List.of();
                    case NAMESPACE -> List.of("unshare", "-U");
                    case SETPRIV -> List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
                    case RUNUSER -> List.of("runuser", "-u", "nobody", "--");
                });
        whole.addAll(command);
        return whole;
    }

    /** {@return whether the server's files must belong to nobody, and every directory above them be open to it} */
    boolean isNobody() {
        return this == SETPRIV || this == RUNUSER;
    }

    /** Makes a tree belong to this user, where root may run the server one way now and the other way next time. */
    void own(Path tree) throws IOException {
        if (this == SELF) {
            return;
        }
        int wanted = isNobody() ? NOBODY : 0;
        if (owner(tree) == wanted) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            // the top last: it tells whether all of it has been done
            List<Path> all = new ArrayList<>(paths.toList());
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.setAttribute(all.get(i), OWNER, wanted, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(all.get(i), "unix:gid", wanted, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    boolean works() {
        try {
            return Command.of(command(List.of("true"))).succeeds();
        } catch (IOException e) {
            return false;
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, OWNER, LinkOption.NOFOLLOW_LINKS);
    }
}
