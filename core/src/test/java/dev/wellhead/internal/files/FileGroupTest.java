package dev.wellhead.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileGroupTest {

    private static final int SWAPS = 300;

    @TempDir
    private Path directory;

    @Test
    void read_plainFiles_hasTheirTexts() throws IOException {
        Files.writeString(directory.resolve("user"), "app\n");
        Files.writeString(directory.resolve("password"), "pw\n\n");

        FileGroup group = read();

        assertThat(group.texts()).containsOnly(Map.entry("user", "app"), Map.entry("password", "pw\n"));
        assertThat(group.isReplacedTogether()).isFalse();
        assertThat(read().isSameAs(group)).isTrue();
        Files.writeString(directory.resolve("user"), "app\n\n");
        assertThat(read().isSameAs(group)).isFalse();
        assertThat(read().isWrittenSince(group, "user")).isTrue();
        assertThat(read().isWrittenSince(group, "password")).isFalse();
    }

    @Test
    void read_linkThatIsReplacedAllTheTime_neverMixesTwoVersions() throws Exception {
        swap(0);
        Files.createSymbolicLink(directory.resolve("user"), Path.of("..data", "user"));
        Files.createSymbolicLink(directory.resolve("password"), Path.of("..data", "password"));
        AtomicBoolean ended = new AtomicBoolean();
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread swaps = new Thread(
                () -> {
                    try {
                        for (int i = 1; i <= SWAPS; i++) {
                            swap(i);
                        }
                    } catch (IOException e) {
                        failure.set(e);
                    } finally {
                        ended.set(true);
                    }
                },
                "swaps");
        swaps.start();
        int reads = 0;
        while (!ended.get() || reads == 0) {
            try {
                FileGroup group = read();
                assertThat(group.text("user")).isEqualTo(group.text("password"));
                assertThat(group.isReplacedTogether()).isTrue();
                reads++;
            } catch (UnreadableFileException e) {
                // a machine on which no read ends between two of these swaps
                assertThat(e.fault()).isEqualTo(FileFault.CHANGING);
            }
        }
        swaps.join();

        assertThat(failure.get()).isNull();
        assertThat(read().text("user")).isEqualTo(Integer.toString(SWAPS));
    }

    @Test
    void read_unusableFile_isRefused() throws IOException {
        Files.writeString(directory.resolve("user"), "app");
        assertThatThrownBy(this::read).isInstanceOfSatisfying(UnreadableFileException.class, e -> assertThat(e.fault())
                .isEqualTo(FileFault.MISSING));
        Files.createDirectory(directory.resolve("password"));
        assertThatThrownBy(this::read).isInstanceOfSatisfying(UnreadableFileException.class, e -> assertThat(e.fault())
                .isEqualTo(FileFault.DIRECTORY));
    }

    private FileGroup read() throws UnreadableFileException {
        return FileGroup.read(
                Map.of("user", directory.resolve("user"), "password", directory.resolve("password")),
                FileKind.PASSWORD);
    }

    private void swap(int version) throws IOException {
        Path next = Files.createDirectory(directory.resolve("..v" + version));
        Files.writeString(next.resolve("user"), Integer.toString(version));
        Files.writeString(next.resolve("password"), Integer.toString(version));
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
        Files.move(
                link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
