package dev.wellhead.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows were compared with psql 15. */
@DisabledOnOs(OS.WINDOWS)
class PassfileTest {

    private static final String NOT_PRIVATE =
            "has group or world access; its permissions should be 0600 or less, or 0640 if it belongs to root";

    @TempDir
    Path directory;

    private Path passfile(byte[] content, String permissions) throws IOException {
        Path file = directory.resolve("pgpass");
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Path passfile(String content) throws IOException {
        return passfile(content.getBytes(StandardCharsets.UTF_8), "rw-------");
    }

    static Stream<Arguments> matching() {
        return Stream.of(
                arguments("an exact line", "db:5432:app:u:secret", 1, "secret"),
                arguments("wildcards", "*:*:*:*:secret", 1, "secret"),
                arguments("a final line break", "db:5432:app:u:secret\n", 1, "secret"),
                arguments("CR LF", "db:5432:app:u:secret\r\n", 1, "secret"),
                arguments("blanks belong to the password", "db:5432:app:u: secret \n", 1, " secret "),
                arguments("comments and empty lines", "# db:5432:app:u:x\n\n*:*:*:*:secret", 3, "secret"),
                arguments("the first match", "db:5432:app:u:first\n*:*:*:*:second", 1, "first"),
                arguments("a port that differs", "db:5433:*:*:x\ndb:5432:*:*:secret", 2, "secret"),
                arguments("escaped colon and backslash", "db:5432:app:u:a\\:b\\\\c", 1, "a:b\\c"),
                arguments("any escaped character", "d\\b:5432:app:u:\\s\\ecret", 1, "secret"),
                arguments("a lone backslash at the end", "db:5432:app:u:secret\\", 1, "secret\\"),
                arguments("an end at the next colon", "db:5432:app:u:secret:more", 1, "secret"),
                arguments("beyond ASCII", "db:5432:app:u:pässwörd🥪", 1, "pässwörd🥪"),
                arguments("a very long line", "db:5432:app:u:" + "x".repeat(100_000), 1, "x".repeat(100_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matching")
    void find_matchingLine_givesItsPasswordAndNumber(String what, String content, int line, String password)
            throws IOException {
        assertThat(Passfile.read(passfile(content)).find("db", 5432, "app", "u"))
                .hasValueSatisfying(match -> {
                    assertThat(match.line()).isEqualTo(line);
                    assertThat(match.password()).isEqualTo(password);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\r\n",
                "db:5432:app:u",
                "db:5432:app",
                "db:5432:app:other:x",
                "DB:5432:app:u:x",
                "d*:5432:app:u:x",
                "db:5432:app:u2:x",
                "db:05432:app:u:x",
                " db:5432:app:u:x",
                "#*:*:*:*:x",
                "db\\:5432:app:u:x",
                "*",
                "**:5432:app:u:x",
                "db:5432:app:u:\n*:*:*:*:x",
                "\\"
            })
    void find_noMatchingLine_isEmpty(String content) throws IOException {
        Path file = passfile(content);

        assertThat(Passfile.read(file).find("db", 5432, "app", "u")).isEmpty();
    }

    @Test
    void find_ipv6Address_matchesItsEscapedForm() throws IOException {
        Path file = passfile("\\:\\:1:5432:app:u:secret");

        assertThat(Passfile.read(file).find("::1", 5432, "app", "u")).isPresent();
    }

    @Test
    void find_noHost_matchesLocalhost() throws IOException {
        assertThat(Passfile.read(passfile("localhost:5432:app:u:secret")).find("", 5432, "app", "u"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw----r--", "rw-r--r--", "rwx---rwx", "rw--w----"})
    void read_othersHaveAccess_isRefusedWithTheReason(String permissions) throws IOException {
        Path file = passfile("*:*:*:*:secret".getBytes(StandardCharsets.UTF_8), permissions);

        assertUnreadable(file, NOT_PRIVATE);
    }

    /**
     * Kubernetes mounts a Secret with {@code defaultMode: 0640} and {@code fsGroup} in this way. libpq refuses such a password
     * file, but accepts such a key.
     */
    @Test
    void read_readableForTheGroup_isAcceptedOnlyIfRootOwnsIt() throws IOException {
        Path file = passfile("*:*:*:*:secret".getBytes(StandardCharsets.UTF_8), "rw-r-----");
        if (!Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
            assertUnreadable(file, NOT_PRIVATE);
            return;
        }

        assertThat(Passfile.read(file).find("db", 5432, "app", "u")).isPresent();
        Files.setAttribute(file, "unix:uid", 65534);
        assertUnreadable(file, NOT_PRIVATE);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("is not UTF-8 text", new byte[] {'*', ':', (byte) 0xff, '\n'}),
                arguments("contains a NUL character", "*:*:*:*:a\0b".getBytes(StandardCharsets.UTF_8)),
                arguments("is larger than 1 MiB", new byte[(1 << 20) + 1]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void read_unusableContent_isRefusedWithTheReason(String reason, byte[] content) throws IOException {
        assertUnreadable(passfile(content, "rw-------"), reason);
    }

    @Test
    void read_noPlainFile_isRefusedWithTheReason() {
        assertUnreadable(directory, "is a directory");
        assertUnreadable(directory.resolve("none"), "does not exist");
    }

    /** Users disable the password file in this way. */
    @Test
    void read_nullDevice_isAnEmptyFile() throws IOException {
        assertThat(Passfile.read(Path.of("/dev/null")).find("db", 5432, "app", "u"))
                .isEmpty();
    }

    private static void assertUnreadable(Path file, String reason) {
        assertThatThrownBy(() -> Passfile.read(file))
                .isInstanceOfSatisfying(UnreadableFileException.class, e -> assertThat(e.reason())
                        .isEqualTo(reason));
    }

    @Test
    void toString_match_hidesThePassword() throws IOException {
        assertThat(Passfile.read(passfile("*:*:*:*:secret"))
                        .find("db", 5432, "app", "u")
                        .toString())
                .isEqualTo("Optional[Match[line=1, password=<redacted>]]");
    }
}
