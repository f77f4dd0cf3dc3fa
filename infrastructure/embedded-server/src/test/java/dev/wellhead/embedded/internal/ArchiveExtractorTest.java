package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The archives are written byte by byte, because a library refuses to write some of them. */
class ArchiveExtractorTest {

    @TempDir
    Path temporary;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Path directory = Path.of("");

    @BeforeEach
    void createTarget() throws IOException {
        assumeFalse(Platform.current().isWindows(), "Windows does not let every user create symbolic links");
        directory = Files.createDirectory(temporary.resolve("target"));
    }

    @Test
    void archive_ofFilesDirectoriesAndLinks_isExtractedWithItsPermissions() throws IOException {
        entry("bin/postgres", '0', 0755, "program", "");
        entry("share/empty/", '5', 0755, "", "");
        entry("lib/libpq.so", '2', 0777, "", "libpq.so.5");
        entry("lib/libpq.so.5", '0', 0644, "x".repeat(1025), "");
        entry("lib64", '2', 0777, "", "lib");
        extract();
        assertThat(directory.resolve("bin/postgres")).hasContent("program").isExecutable();
        assertThat(directory.resolve("share/empty")).isEmptyDirectory();
        assertThat(directory.resolve("lib/libpq.so")).isSymbolicLink().hasContent("x".repeat(1025));
        assertThat(Files.isExecutable(directory.resolve("lib/libpq.so.5"))).isFalse();
        assertThat(directory.resolve("lib64")).isSymbolicLink();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("../outside", '0', "", "the archive has an entry outside of its root: ../outside"),
                Arguments.of("/etc/outside", '0', "", "the archive has an entry outside of its root: /etc/outside"),
                Arguments.of("bin/..", '0', "", "the archive has an entry outside of its root: bin/.."),
                Arguments.of(
                        "link",
                        '2',
                        "../outside",
                        "the archive has a link to a place outside of its root, or to nothing: link -> ../outside"),
                Arguments.of(
                        "link",
                        '2',
                        "/etc",
                        "the archive has a link to a place outside of its root, or to nothing: link -> /etc"),
                Arguments.of("hard", '1', "other", "the archive has an entry of an unsupported type '1': hard"),
                Arguments.of("pipe", '6', "", "the archive has an entry of an unsupported type '6': pipe"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("refused")
    void archive_withAnUnsafeEntry_isRefused(String name, char type, String link, String message) throws IOException {
        Files.createDirectory(temporary.resolve("outside"));
        entry(name, type, 0644, "", link);
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class).hasMessage(message);
    }

    @Test
    void archive_withAFileBehindALink_writesNothingOutside() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        entry("link", '2', 0777, "", "../outside");
        entry("link/file", '0', 0644, "content", "");
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void archive_withAFileAtThePlaceOfALink_isRefused() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        entry("link", '2', 0777, "", "../outside/file");
        entry("link", '0', 0644, "content", "");
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void archive_withALinkThatLeavesThroughAnotherLink_isRefused() throws IOException {
        entry("d/", '5', 0755, "", "");
        // each single link stays inside if its path is only compared as text: d/up is the root, and d/up/.. is d
        entry("d/up", '2', 0777, "", "..");
        entry("escape", '2', 0777, "", "d/up/..");
        assertThatThrownBy(this::extract)
                .isInstanceOf(IOException.class)
                .hasMessage("the archive has a link to a place outside of its root, or to nothing: escape -> d/up/..");
    }

    @Test
    void archive_withALinkBelowALinkToTheOutside_createsNothingOutside() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        entry("link", '2', 0777, "", "../outside");
        entry("link/inner", '2', 0777, "", "target");
        assertThatThrownBy(this::extract).isInstanceOf(IOException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void archive_truncated_isRefused() throws IOException {
        entry("bin/postgres", '0', 0755, "program", "");
        byte[] whole = bytes.toByteArray();
        for (int length : new int[] {0, 100, 512, 515}) {
            Path target = Files.createDirectory(temporary.resolve("cut-" + length));
            assertThatThrownBy(() -> ArchiveExtractor.extract(new ByteArrayInputStream(whole, 0, length), target))
                    .as("cut to %s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    private void extract() throws IOException {
        bytes.write(new byte[1024]);
        ArchiveExtractor.extract(new ByteArrayInputStream(bytes.toByteArray()), directory);
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
