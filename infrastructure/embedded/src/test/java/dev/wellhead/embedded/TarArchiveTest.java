package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarArchiveTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void archive_ofFilesDirectoriesAndLinks_isUnpackedWithItsPermissions() throws IOException {
        entry("bin/postgres", '0', 0755, "program", "");
        entry("share/empty/", '5', 0755, "", "");
        entry("lib/libpq.so.5", '0', 0644, "x".repeat(1025), "");
        entry("lib/libpq.so", '2', 0777, "", "libpq.so.5");
        unpack();
        assertThat(directory.resolve("bin/postgres")).hasContent("program").isExecutable();
        assertThat(directory.resolve("share/empty")).isEmptyDirectory();
        assertThat(directory.resolve("lib/libpq.so")).isSymbolicLink().hasContent("x".repeat(1025));
        assertThat(Files.isExecutable(directory.resolve("lib/libpq.so.5"))).isFalse();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("../outside", '0', "", "the archive has an entry outside of its root: ../outside"),
                Arguments.of("/etc/outside", '0', "", "the archive has an entry outside of its root: /etc/outside"),
                Arguments.of(
                        "link", '2', "../outside", "the archive has a link to a place outside of its root: ../outside"),
                Arguments.of("hard", '1', "other", "the archive has an entry of type '1', unknown here: hard"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refused")
    void archive_withWhatDoesNotBelongThere_isRefused(String name, char type, String link, String message)
            throws IOException {
        entry(name, type, 0644, "", link);
        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessage(message);
    }

    @Test
    void archive_cutShort_isRefused() throws IOException {
        entry("bin/postgres", '0', 0755, "program", "");
        byte[] whole = bytes.toByteArray();
        for (int length : new int[] {0, 100, 512, 515, 1023}) {
            Path target = Files.createDirectory(directory.resolve("cut-" + length));
            assertThatThrownBy(() -> new TarArchive(new ByteArrayInputStream(whole, 0, length)).unpack(target))
                    .as("cut to %s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    private void unpack() throws IOException {
        bytes.write(new byte[1024]);
        new TarArchive(new ByteArrayInputStream(bytes.toByteArray())).unpack(directory);
    }

    private void entry(String name, char type, int mode, String content, String link) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, String.format("%07o", mode));
        put(header, 124, String.format("%011o", content.length()));
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar  ");
        bytes.write(header);
        bytes.write(content.getBytes(UTF_8));
        bytes.write(new byte[(512 - content.length() % 512) % 512]);
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] value = text.getBytes(UTF_8);
        System.arraycopy(value, 0, header, offset, value.length);
    }
}
