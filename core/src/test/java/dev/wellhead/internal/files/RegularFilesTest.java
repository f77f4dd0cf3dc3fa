package dev.wellhead.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegularFilesTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    static Stream<Arguments> hostile() {
        return Stream.of(FileKind.values())
                .flatMap(kind -> Stream.of(HostileFile.values()).map(file -> Arguments.of(kind, file)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void read_hostileFile_isRefusedWithTheReason(FileKind kind, HostileFile hostile) throws Exception {
        Path file = hostile.create(directory.resolve("file"));
        String reason = hostile.reason(kind);

        assertThatThrownBy(() -> RegularFiles.read(file, kind))
                .isInstanceOfSatisfying(UnreadableFileException.class, e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.fix()).isEqualTo(hostile.fix());
                });
    }

    @ParameterizedTest
    @EnumSource(FileKind.class)
    void read_largestFile_isReadAndOneByteMoreIsNot(FileKind kind) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        if (kind.requiresPrivate() && !OS.WINDOWS.isCurrentOs()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(file, new byte[kind.largestBytes()]);
        assertThat(RegularFiles.read(file, kind)).hasSize(kind.largestBytes());

        Files.write(file, new byte[kind.largestBytes() + 1]);
        assertUnreadable(file, kind, "is larger than " + kind.limit());
    }

    @ParameterizedTest
    @EnumSource(FileKind.class)
    @DisabledOnOs(OS.WINDOWS)
    void read_nullDevice_isAnEmptyFileOnlyIfLibpqUsesItSo(FileKind kind) throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/null"));
        for (Path file : List.of(Path.of("/dev/null"), link)) {
            if (kind == FileKind.PASSFILE || kind == FileKind.SERVICE_FILE) {
                assertThat(RegularFiles.read(file, kind)).isEmpty();
            } else {
                assertUnreadable(file, kind, "is a device");
            }
        }
    }

    /** The kernel reports the size 0 for such a file. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void read_fileOfProcfs_isRead() throws Exception {
        assertThat(RegularFiles.read(Path.of("/proc/self/status"), FileKind.SECRET))
                .isNotEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void read_linkOfKubernetes_followsItToTheNewDirectory() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("first")).resolve("tls.crt"), "first");
        Files.writeString(Files.createDirectory(directory.resolve("second")).resolve("tls.crt"), "second");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("first"));
        Path file = Files.createSymbolicLink(directory.resolve("tls.crt"), Path.of("..data/tls.crt"));
        assertThat(RegularFiles.read(file, FileKind.CERTIFICATES)).asString().isEqualTo("first");
        List<FileStamp> stamps = RegularFiles.stamps(List.of(file));

        Path swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("second"));
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(RegularFiles.read(file, FileKind.CERTIFICATES)).asString().isEqualTo("second");
        assertThat(RegularFiles.stamps(List.of(file))).isNotEqualTo(stamps);
    }

    /** Each half of the file is the same character, so a mixture of two versions is visible. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void read_fileThatIsReplacedAllTheTime_isOneOfTheVersions() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a".repeat(60_000));
        Thread writer = new Thread(() -> replaceUntilInterrupted(file));
        writer.start();
        try {
            for (int i = 0; i < 100; i++) {
                try {
                    assertThat(new String(RegularFiles.read(file, FileKind.PASSWORD), StandardCharsets.US_ASCII)
                                    .chars()
                                    .distinct()
                                    .count())
                            .isEqualTo(1);
                } catch (UnreadableFileException e) {
                    assertThat(e.fault()).isEqualTo(FileFault.CHANGING);
                }
            }
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    private void replaceUntilInterrupted(Path file) {
        for (char c = 'a'; !Thread.currentThread().isInterrupted(); c = c == 'z' ? 'a' : (char) (c + 1)) {
            try {
                Path next = Files.writeString(
                        directory.resolve("next"), String.valueOf(c).repeat(60_000));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException interrupted) {
                return;
            }
        }
    }

    @Test
    void read_fileSystemThatDoesNotAnswer_failsWithinTheBudgetAndRecovers() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        ReadBudget budget = ReadBudget.start(SHORT);
        try (HungFile hung = HungFile.at(file)) {
            // both slots of the file are taken, so that a retry adds no thread
            assertThatThrownBy(() -> RegularFiles.read(hung.path(), FileKind.PASSWORD))
                    .isInstanceOfSatisfying(UnreadableFileException.class, e -> {
                        assertThat(e.fault()).isEqualTo(FileFault.NO_ANSWER);
                        assertThat(e.reason()).matches("did not answer within \\d+ ms");
                        assertThat(e.fix()).isEqualTo("Check the file system that it is on.");
                    });
            assertThat(RegularFiles.exists(file)).isTrue();
        } finally {
            budget.end();
        }

        assertThat(RegularFiles.read(file, FileKind.PASSWORD)).asString().isEqualTo("content");
    }

    /**
     * A thread that was caught by a pipe, between the check and the open, hangs at the pipe after the repair as well.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void read_pipeThatWasReplaced_succeedsAlthoughAThreadHangsAtThePipe() throws Exception {
        Path file = HostileFile.pipe(directory.resolve("file"));
        Path moved = directory.resolve("moved");
        ReadBudget budget = ReadBudget.start(SHORT);
        try {
            assertThatThrownBy(() -> FileThreads.call(file, () -> open(file)))
                    .isInstanceOf(UnreadableFileException.class);
        } finally {
            budget.end();
        }
        try {
            Files.move(file, moved);
            Files.writeString(file, "content");

            assertThat(RegularFiles.read(file, FileKind.PASSWORD)).asString().isEqualTo("content");
        } finally {
            // ends the thread
            try (OutputStream end = Files.newOutputStream(moved)) {
                end.write(0);
            }
        }
    }

    private static int open(Path file) throws Exception {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.read();
        }
    }

    @Test
    void read_interruptedThread_readsAndStaysInterrupted() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Thread.currentThread().interrupt();

        assertThat(RegularFiles.read(file, FileKind.PASSWORD)).asString().isEqualTo("content");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void start_nestedBudget_cannotExtendTheOuterOne() {
        ReadBudget outer = ReadBudget.start(SHORT);
        ReadBudget inner = ReadBudget.start(Duration.ofHours(1));
        assertThat(ReadBudget.remainingNanos()).isLessThanOrEqualTo(SHORT.toNanos());
        inner.end();
        assertThat(ReadBudget.remainingNanos()).isLessThanOrEqualTo(SHORT.toNanos());
        outer.end();
        assertThat(ReadBudget.remainingNanos()).isEqualTo(ReadBudget.DEFAULT.toNanos());
    }

    private static void assertUnreadable(Path file, FileKind kind, String reason) {
        assertThatThrownBy(() -> RegularFiles.read(file, kind))
                .isInstanceOfSatisfying(UnreadableFileException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason));
    }
}
