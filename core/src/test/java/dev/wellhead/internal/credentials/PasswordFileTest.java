package dev.wellhead.internal.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

class PasswordFileTest {

    private static final LoginTarget TARGET = new LoginTarget("db", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    static Stream<Arguments> contents() {
        return Stream.of(
                arguments("one final line feed is not part of it", "s3cret\n", "s3cret"),
                arguments("one final CR LF is not part of it", "s3cret\r\n", "s3cret"),
                arguments("a second final line break is", "s3cret\n\n", "s3cret\n"),
                arguments("no line break is needed", "s3cret", "s3cret"),
                arguments("spaces are part of it", "  s3cret ", "  s3cret "),
                arguments("line breaks inside are part of it", "a\nb\n", "a\nb"),
                arguments("quotation marks are part of it", "\"s3cret\"", "\"s3cret\""),
                arguments("brackets are part of it", "{s3cret}", "{s3cret}"),
                arguments("other scripts are UTF-8", "пароль密碼\n", "пароль密碼"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contents")
    void current_content_isThePassword(String rule, String content, String password) throws Exception {
        assertThat(passwords(provider(file(content)).current(TARGET, BUDGET)))
                .as(rule)
                .containsExactly(password);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments(new byte[0], "is empty. Write the password into it."),
                arguments("\n".getBytes(UTF_8), "is empty. Write the password into it."),
                arguments(new byte[65_536], "is larger than 65535 bytes. Name the right file, or make it smaller."),
                arguments(new byte[] {'a', (byte) 0xff}, "is not UTF-8 text. Save it as UTF-8."),
                arguments(
                        "\uFEFFsecret".getBytes(UTF_8), "starts with a byte order mark. Save it as UTF-8 without one."),
                arguments(
                        "{\"username\":\"app\",\"password\":\"secret\"}\n".getBytes(UTF_8),
                        "contains a JSON object and not only a password. Write only the password into it, without the"
                                + " other fields."),
                arguments(
                        "[\"secret\"]".getBytes(UTF_8),
                        "contains a JSON array and not only a password. Write only the password into it, without the other"
                                + " fields."),
                arguments(
                        "eyJwYXNzd29yZCI6InNlY3JldCJ9".getBytes(UTF_8),
                        "contains a JSON object that is encoded as base64 and not only a password. Write only the password"
                                + " into it, without the other fields."),
                arguments(
                        "sec\0ret".getBytes(UTF_8),
                        "contains a NUL character, which a password cannot have. Write the password into it as plain text."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unusable")
    void current_unusableContent_isRefusedByName(byte[] content, String why) throws IOException {
        Path file = Files.write(directory.resolve("password"), content);

        assertThatThrownBy(() -> provider(file).current(TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("LEDGER_DB_PASSWORD_FILE names " + file + ", which " + why)
                .hasNoCause();
    }

    @Test
    void current_noFile_fails() {
        Path file = directory.resolve("nowhere");

        assertThatThrownBy(() -> provider(file).current(TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("LEDGER_DB_PASSWORD_FILE names " + file + ", which does not exist. Create the file, or"
                        + " correct the path.");
    }

    @Test
    void current_directory_fails() {
        assertThatThrownBy(() -> provider(directory).current(TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("LEDGER_DB_PASSWORD_FILE names " + directory + ", which is a directory. Name a file.");
    }

    @Test
    void current_unchangedFile_keepsTheGeneration() throws Exception {
        CredentialsProvider provider = provider(file("first"));

        assertThat(provider.current(TARGET, BUDGET)).isSameAs(provider.current(TARGET, BUDGET));
    }

    @Test
    void current_changedFile_putsTheNewPasswordBeforeTheOldInANewGeneration() throws Exception {
        Path file = file("first\n");
        CredentialsProvider provider = provider(file);
        CredentialsSet before = provider.current(TARGET, BUDGET);

        Files.writeString(file, "second\n");

        CredentialsSet after = provider.current(TARGET, BUDGET);
        assertThat(after.generation()).isGreaterThan(before.generation());
        assertThat(passwords(after)).containsExactly("second", "first");
        assertThat(labels(after)).containsExactly("newest", "previous");
    }

    @Test
    void current_sameSizeAndTimeStamp_readsTheNewContent() throws Exception {
        Path file = file("first1");
        FileTime time = Files.getLastModifiedTime(file);
        CredentialsProvider provider = provider(file);
        provider.current(TARGET, BUDGET);

        Files.writeString(file, "first2");
        Files.setLastModifiedTime(file, time);

        assertThat(passwords(provider.current(TARGET, BUDGET))).containsExactly("first2", "first1");
    }

    @Test
    void current_swappedSymbolicLink_followsIt() throws Exception {
        // as Kubernetes mounts a secret: password -> ..data/password, ..data -> ..2026_1
        Path first = Files.createDirectory(directory.resolve("..2026_1"));
        Path second = Files.createDirectory(directory.resolve("..2026_2"));
        Files.writeString(first.resolve("password"), "first");
        Files.writeString(second.resolve("password"), "second");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first.getFileName());
        Path file = Files.createSymbolicLink(directory.resolve("password"), Path.of("..data", "password"));
        CredentialsProvider provider = provider(file);
        assertThat(passwords(provider.current(TARGET, BUDGET))).containsExactly("first");

        Path swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), second.getFileName());
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(passwords(provider.current(TARGET, BUDGET))).containsExactly("second", "first");
    }

    @Test
    void current_fileRemoved_keepsTheLastPasswordAndLogsOnce() throws Exception {
        Path file = file("first");
        CredentialsProvider provider = provider(file);
        provider.current(TARGET, BUDGET);
        Files.delete(file);

        try (LogCapture log = LogCapture.start()) {
            assertThat(passwords(provider.current(TARGET, BUDGET))).containsExactly("first");
            assertThat(passwords(provider.current(TARGET, BUDGET))).containsExactly("first");

            assertThat(log.messages(Level.WARN))
                    .containsExactly("LEDGER_DB_PASSWORD_FILE names " + file + ", which does not exist. Create the"
                            + " file, or correct the path. The last login that was read stays in use.");
        }
    }

    @Test
    void refresh_fileRemoved_fails() throws Exception {
        Path file = file("first");
        CredentialsProvider provider = provider(file);
        CredentialsSet refused = provider.current(TARGET, BUDGET);
        Files.delete(file);

        assertThatThrownBy(() -> provider.refresh(refused, TARGET, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessageStartingWith("LEDGER_DB_PASSWORD_FILE names " + file + ", which does not exist.");
    }

    @Test
    void refresh_nothingNew_answersTheSameGeneration() throws Exception {
        CredentialsProvider provider = provider(file("first"));
        CredentialsSet refused = provider.current(TARGET, BUDGET);

        assertThat(provider.refresh(refused, TARGET, BUDGET).generation()).isEqualTo(refused.generation());
    }

    @Test
    void refresh_withinTheIntervalOfAnother_isNotOlderThanWhatIsKnown() throws Exception {
        Path file = file("first");
        CredentialsProvider provider = provider(file);
        provider.refresh(provider.current(TARGET, BUDGET), TARGET, BUDGET);
        Files.writeString(file, "second");
        CredentialsSet seen = provider.current(TARGET, BUDGET);

        assertThat(provider.refresh(seen, TARGET, BUDGET).generation()).isEqualTo(seen.generation());
    }

    @Test
    void description_namesTheFileAndNothingElse() throws Exception {
        Path file = file("s3cret-and-long");
        CredentialsProvider provider = provider(file);

        assertThat(provider.description()).isEqualTo("password file " + file);
        assertThat(provider.current(TARGET, BUDGET).toString()).doesNotContain("s3cret");
        assertThat(provider.canChange()).isTrue();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("password"), content);
    }

    private CredentialsProvider provider(Path file) {
        return FileCredentials.passwordFile("app", file, "LEDGER_DB_PASSWORD_FILE");
    }

    private static List<String> passwords(CredentialsSet set) {
        return set.candidates().stream().map(Credentials::password).toList();
    }

    private static List<String> labels(CredentialsSet set) {
        return set.candidates().stream().map(Credentials::label).toList();
    }
}
