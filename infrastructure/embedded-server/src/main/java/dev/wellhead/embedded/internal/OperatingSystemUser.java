package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The operating system user that runs the server's programs. PostgreSQL refuses to run as root, and a superuser of the
 * server can run programs, so root gives up all its rights first. A user namespace ({@code unshare -U}) is not used,
 * because the kernel still treats its processes as root's.
 */
public enum OperatingSystemUser {
    /** This process is not root: the server runs as the same user. */
    SELF(-1),
    /**
     * Root switches to a user id without an account, so that the server shares its files and processes with no other
     * program. systemd's list of user ids marks 60706 to 61183 as unused.
     */
    UNPRIVILEGED(60_832),
    /** Root switches to {@code nobody} for initdb only, which refuses a user id without an account. */
    NOBODY(65_534);

    private static final String UID = "unix:uid";

    private final int id;

    OperatingSystemUser(int id) {
        this.id = id;
    }

    /**
     * {@return the user that runs the server for this process}
     *
     * @throws IOException if this process is root and cannot switch to another user; the message contains the remedy
     */
    public static OperatingSystemUser current() throws IOException {
        if (!isRoot()) {
            return SELF;
        }
        if (UNPRIVILEGED.works()) {
            return UNPRIVILEGED;
        }
        throw new IOException("This process is root. PostgreSQL does not run as root, and 'setpriv --reuid="
                + UNPRIVILEGED.id + "' does not work here, so no other user can run it. Run as an ordinary user, or"
                + " install util-linux, which contains setpriv.");
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

    /** {@return a command that runs another command as this user, without a way to regain rights} */
    public List<String> command(List<String> command) {
        if (this == SELF) {
            return new ArrayList<>(command);
        }
        return switchTo(BoundingSet.OPTIONS, command);
    }

    /** {@return the user that runs initdb for a server of this user} */
    OperatingSystemUser forInitdb() {
        return this == SELF ? SELF : NOBODY;
    }

    /** Makes this user the owner of a tree. */
    public void own(Path tree) throws IOException {
        if (this != SELF) {
            changeOwner(tree, id);
        }
    }

    /** Makes the user of this process the owner of a tree that {@link #own} gave away. */
    void disown(Path tree) throws IOException {
        if (this != SELF) {
            changeOwner(tree, 0);
        }
    }

    /**
     * {@return whether this user may enter a directory} If only the permissions of the directory itself prevent it, and
     * the directory belongs to root, they are extended for this user first.
     */
    boolean mayEnter(Path directory) throws IOException {
        if (this == SELF) {
            return true;
        }
        boolean enters = enters(directory);
        if (!enters && owner(directory) == 0) {
            Files.setAttribute(directory, "unix:gid", id);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            Files.setPosixFilePermissions(directory, permissions);
            enters = enters(directory);
        }
        return enters;
    }

    /** {@return whether this process may run programs as this user} */
    public boolean works() {
        return succeeds(command(List.of("true")));
    }

    private boolean enters(Path directory) throws IOException {
        return ExternalCommand.of(command(List.of("sh", "-c", "cd -- \"$1\"", "sh", directory.toString())))
                .succeeds();
    }

    private List<String> switchTo(List<String> more, List<String> command) {
        List<String> whole = new ArrayList<>(List.of(
                "setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--inh-caps=-all", "--no-new-privs"));
        whole.addAll(more);
        whole.addAll(command);
        return whole;
    }

    private static void changeOwner(Path tree, int id) throws IOException {
        if (owner(tree) != id) {
            ExternalCommand.of(List.of("chown", "-R", "-h", id + ":" + id, tree.toString()))
                    .run();
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, UID, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean succeeds(List<String> command) {
        try {
            return ExternalCommand.of(command).succeeds();
        } catch (IOException e) {
            return false;
        }
    }

    /** Emptying the bounding set needs CAP_SETPCAP, which containers may lack. --no-new-privs has the same effect. */
    private static final class BoundingSet {

        private static final List<String> EMPTY = List.of("--bounding-set=-all");

        static final List<String> OPTIONS = succeeds(UNPRIVILEGED.switchTo(EMPTY, List.of("true"))) ? EMPTY : List.of();
    }
}
