package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies and deletes directory trees. Files that another process deletes in the meantime are skipped. */
public final class FileTrees {

    private FileTrees() {}

    /**
     * Copies a directory with the permissions of its files.
     *
     * @param to the copy, which must not exist
     * @param omitted file names in the top directory that are not copied
     */
    public static void copy(Path from, Path to, Set<String> omitted) throws IOException {
        Files.walkFileTree(from, new Visitor() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.copy(directory, target(directory), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            void visit(Path file) throws IOException {
                if (!omitted.contains(from.relativize(file).toString())) {
                    Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }

            private Path target(Path source) {
                return to.resolve(from.relativize(source).toString());
            }
        });
    }

    /** Deletes a directory with its content, if it exists. */
    public static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new Visitor() {
            @Override
            void visit(Path file) throws IOException {
                Files.deleteIfExists(file);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** {@return a new, empty file that only its owner can read and write} It is created with these permissions. */
    static Path createPrivate(Path file) throws IOException {
        return Files.createFile(file, ownerOnly(file));
    }

    /** {@return the attributes with which a private file is created; empty if the file system has no permissions} */
    static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Sets POSIX permissions, for example {@code rw-------}, if the file system has them. */
    static void setPermissions(Path path, String permissions) throws IOException {
        if (isPosix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private abstract static class Visitor extends SimpleFileVisitor<Path> {

        abstract void visit(Path file) throws IOException;

        @Override
        public final FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            try {
                visit(file);
            } catch (NoSuchFileException e) {
                return visitFileFailed(file, e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public final FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
