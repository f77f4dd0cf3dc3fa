package dev.wellhead.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.OS;

/** A path that must not be read, and the reason in the message. Only Linux has all of them. */
public enum HostileFile {
    MISSING("does not exist", "Create the file, or correct the path."),
    DANGLING_LINK("is a symbolic link whose target does not exist", "Create the target, or correct the link."),
    LINK_LOOP("is part of a loop of symbolic links", "Correct the link."),
    DIRECTORY("is a directory", "Name a file."),
    PIPE("is a named pipe", "Write the content to a regular file, because the file is read more than once."),
    LINK_TO_PIPE("is a named pipe", "Write the content to a regular file, because the file is read more than once."),
    ENDLESS_DEVICE("is a device", "Name a regular file."),
    TERMINAL("is a device", "Name a regular file."),
    STANDARD_INPUT(
            "is an open descriptor of this process and not a regular file",
            "Write the content to a regular file, because the file is read more than once."),
    PROCESS_SUBSTITUTION(
            "is an open descriptor of this process and not a regular file",
            "Write the content to a regular file, because the file is read more than once."),
    SPARSE_GIGABYTE("is larger than ", "Name the right file, or make it smaller."),
    UNREADABLE("cannot be read: permission denied for uid ", "Give this user the permission to read the file.");

    private final String reason;
    private final String fix;

    HostileFile(String reason, String fix) {
        this.reason = reason;
        this.fix = fix;
    }

    /** {@return the reason that the message has} */
    public String reason(FileKind kind) throws IOException {
        return switch (this) {
            case SPARSE_GIGABYTE -> reason + kind.limit();
            case UNREADABLE -> reason + Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            default -> reason;
        };
    }

    /** {@return the fix that the message has} */
    public String fix() {
        return fix;
    }

    /** {@return whether the path is fixed, so that nothing can be created there} */
    public boolean isFixed() {
        return this == STANDARD_INPUT || this == PROCESS_SUBSTITUTION;
    }

    /** {@return the path of the hostile file: {@code file}, unless it is fixed} */
    public Path create(Path file) throws Exception {
        assumeTrue(OS.LINUX.isCurrentOs(), "This kind of file is tested on Linux only.");
        Path other = file.resolveSibling(file.getFileName() + "-other");
        switch (this) {
            case MISSING -> Files.deleteIfExists(file);
            case DANGLING_LINK -> Files.createSymbolicLink(file, other);
            case LINK_LOOP -> Files.createSymbolicLink(file, Files.createSymbolicLink(other, file));
            case DIRECTORY -> Files.createDirectory(file);
            case PIPE -> pipe(file);
            case LINK_TO_PIPE -> Files.createSymbolicLink(file, pipe(other));
            case ENDLESS_DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
            case TERMINAL -> Files.createSymbolicLink(file, Path.of("/dev/tty"));
            case STANDARD_INPUT -> {
                return Path.of("/dev/stdin");
            }
            case PROCESS_SUBSTITUTION -> {
                return Path.of("/dev/fd/63");
            }
            case SPARSE_GIGABYTE -> {
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.setLength(1L << 30);
                }
                privately(file);
            }
            case UNREADABLE -> {
                Files.writeString(file, "content");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
                assumeFalse(Files.isReadable(file), "Root can read every file.");
            }
        }
        return file;
    }

    private static void privately(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    public static Path pipe(Path file) throws Exception {
        Process process =
                new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return file;
    }
}
