package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** Examines a file before it is opened, because opening a named pipe waits for its writer. */
final class FileInspection {

    /** The bits of st_mode that hold the type of a file. Source: inode(7). */
    private static final int TYPE = 0170000;

    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;

    /** The number of symbolic links that Linux follows in one path. Source: path_resolution(7). */
    private static final int MOST_LINKS = 40;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private FileInspection() {}

    /** {@return the attributes of the file, after symbolic links are followed} */
    static BasicFileAttributes attributes(Path file) throws UnreadableFileException {
        if (isDescriptor(file)) {
            throw new UnreadableFileException(FileFault.DESCRIPTOR);
        }
        Class<? extends BasicFileAttributes> view =
                POSIX && isDefault(file) ? PosixFileAttributes.class : BasicFileAttributes.class;
        try {
            return Files.readAttributes(file, view);
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException(
                    Files.isSymbolicLink(file) ? FileFault.DANGLING_LINK : FileFault.MISSING, "", e);
        } catch (AccessDeniedException e) {
            throw denied(e);
        } catch (IOException e) {
            throw new UnreadableFileException(isLinkLoop(file) ? FileFault.LINK_LOOP : FileFault.FAILED, "", e);
        }
    }

    /** Throws an exception if the file must not be opened. */
    static void check(Path file, BasicFileAttributes attributes, FileKind kind) throws UnreadableFileException {
        if (attributes.isDirectory()) {
            throw new UnreadableFileException(FileFault.DIRECTORY);
        }
        if (!attributes.isRegularFile()) {
            throw new UnreadableFileException(typeOf(file));
        }
        if (kind.requiresPrivate()
                && attributes instanceof PosixFileAttributes posix
                && !isPrivate(posix)
                && isExposed(file)) {
            throw new UnreadableFileException(FileFault.NOT_PRIVATE);
        }
        if (attributes.size() > kind.largestBytes()) {
            throw tooLarge(kind);
        }
    }

    static boolean isNullDevice(Path file, BasicFileAttributes attributes) {
        try {
            return attributes.isOther() && file.toRealPath().toString().equals("/dev/null");
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isDefault(Path file) {
        return file.getFileSystem() == FileSystems.getDefault();
    }

    static UnreadableFileException tooLarge(FileKind kind) {
        return new UnreadableFileException(FileFault.TOO_LARGE, kind.limit(), null);
    }

    static UnreadableFileException denied(IOException cause) {
        return new UnreadableFileException(FileFault.DENIED, user(), cause);
    }

    /** Returns whether the path stands for an open descriptor: standard input or a process substitution. */
    private static boolean isDescriptor(Path file) {
        String path = file.normalize().toString();
        return path.equals("/dev/stdin")
                || path.startsWith("/dev/fd/")
                || (path.startsWith("/proc/") && path.contains("/fd/"));
    }

    private static boolean isPrivate(PosixFileAttributes attributes) {
        for (PosixFilePermission permission : attributes.permissions()) {
            if (permission.compareTo(PosixFilePermission.OWNER_EXECUTE) > 0) {
                return false;
            }
        }
        return true;
    }

    /** A file of root may be readable for its group. The owner is checked only if the mode is not private anyway. */
    private static boolean isExposed(Path file) {
        try {
            return FileMode.isExposed(file);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return true;
        }
    }

    private static FileFault typeOf(Path file) {
        try {
            return switch ((Integer) Files.getAttribute(file, "unix:mode") & TYPE) {
                case PIPE -> FileFault.PIPE;
                case SOCKET -> FileFault.SOCKET;
                case CHARACTER_DEVICE, BLOCK_DEVICE -> FileFault.DEVICE;
                default -> FileFault.OTHER;
            };
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return FileFault.OTHER;
        }
    }

    private static boolean isLinkLoop(Path file) {
        Path at = file;
        try {
            for (int links = 0; links <= MOST_LINKS; links++) {
                if (!Files.isSymbolicLink(at)) {
                    return false;
                }
                at = at.resolveSibling(Files.readSymbolicLink(at));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the uid of this process, because a user in a container often has no name. */
    private static String user() {
        try {
            return "uid " + Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return "the user of this process";
        }
    }
}
