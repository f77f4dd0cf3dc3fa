package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operating system user that runs the server. PostgreSQL refuses to run as root. */
public enum OperatingSystemUser {
    /** This process is not root: the server runs as the same user. */
    SELF,
    /** Root in a new user namespace: PostgreSQL sees the user and the files as those of {@code nobody}. */
    NAMESPACE,
    /** Root switches to {@code nobody} with setpriv. Used if user namespaces are forbidden, as in many containers. */
    SETPRIV,
    /** Root switches to {@code nobody} with runuser. Used if setpriv is not installed either. */
    RUNUSER;

    private static final int NOBODY = 65_534;
    private static final String OWNER = "unix:uid";

    /**
     * {@return the user that runs the server for this process}
     *
     * @throws IOException if this process is root and cannot switch to another user; the message contains the remedy
     */
    public static OperatingSystemUser current() throws IOException {
        if (!isRoot()) {
            return SELF;
        }
        for (OperatingSystemUser user : List.of(NAMESPACE, SETPRIV, RUNUSER)) {
            if (user.works()) {
                return user;
            }
        }
        throw new IOException(
                "PostgreSQL does not run as root, and this process is root and cannot switch to another user:"
                        + " 'unshare -U' is not permitted here, and neither setpriv nor runuser works. Run as an ordinary user,"
                        + " or install util-linux, which contains setpriv.");
    }

    /** {@return whether this process is root} */
    public static boolean isRoot() throws IOException {
        Path probe = Files.createTempFile("wellhead", "");
        try {
            return probe.getFileSystem().supportedFileAttributeViews().contains("unix") && owner(probe) == 0;
        } finally {
            Files.delete(probe);
        }
    }

    /** {@return a command that runs another command as this user} */
    public List<String> command(List<String> command) {
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

    /** {@return whether the server's files must belong to {@code nobody}, who must be able to reach them} */
    public boolean isNobody() {
        return this == SETPRIV || this == RUNUSER;
    }

    /** Makes this user the owner of a tree. Root may have run the server in another way before. */
    public void own(Path tree) throws IOException {
        int wanted = isNobody() ? NOBODY : 0;
        if (this == SELF || owner(tree) == wanted) {
            return;
        }
        ExternalCommand.of(List.of("chown", "-R", "-h", wanted + ":" + wanted, tree.toString()))
                .run();
    }

    /** {@return whether this process may run programs as this user} */
    public boolean works() {
        try {
            return ExternalCommand.of(command(List.of("true"))).succeeds();
        } catch (IOException e) {
            return false;
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, OWNER, LinkOption.NOFOLLOW_LINKS);
    }
}
