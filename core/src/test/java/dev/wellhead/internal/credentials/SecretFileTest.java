package dev.wellhead.internal.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class SecretFileTest {

    private static final LoginTarget TARGET = new LoginTarget("", 0);
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path directory;

    @Test
    void current_jsonFile_hasLoginAndServer() throws Exception {
        CredentialsSet set = current(provider(write(
                "db.json",
                "{\"username\":\"app\",\"password\":\"pw\",\"host\":\"db.example\",\"port\":5433,\"dbname\":\"ledger\","
                        + "\"ssl\":\"verify-full\"}\n")));

        assertThat(logins(set)).containsExactly("app/pw");
        assertThat(set.location()).contains(new ServerLocation("db.example", 5433, "ledger", SslMode.VERIFY_FULL));
    }

    @Test
    void current_fileWithAUrl_isReadAsASecretIs() throws Exception {
        CredentialsSet set = current(provider(write("url", "postgresql://app:pw@db.example/ledger\n")));

        assertThat(logins(set)).containsExactly("app/pw");
        assertThat(set.location()).contains(new ServerLocation("db.example", null, "ledger", null));
    }

    @Test
    void current_directory_hasOneFilePerField() throws Exception {
        write("username", "app\n");
        write("password", "pw\r\n");
        write("host", "db.example\n");
        write("port", "5433");
        write("database", "ledger\n");
        write("ca.crt", "not read");

        CredentialsSet set = current(provider(directory));

        assertThat(logins(set)).containsExactly("app/pw");
        assertThat(set.location()).contains(new ServerLocation("db.example", 5433, "ledger", null));
    }

    @Test
    void current_configuredNames_areUsed() throws Exception {
        write("user", "app");
        write("pass", "pw");
        SecretKeys keys = new SecretKeys("user", "pass", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY");

        assertThat(logins(current(provider(directory, keys, null)))).containsExactly("app/pw");
    }

    @Test
    void current_directoryWithoutUser_usesTheConfiguredOne() throws Exception {
        write("password", "pw");

        assertThat(logins(current(provider(directory, keys(), "reporting")))).containsExactly("reporting/pw");
    }

    @Test
    void current_missingField_namesTheFilesThatAreThere() throws IOException {
        write("user", "app");
        write("password", "s3cr3t-Marker");
        write("hunter2", "");
        Files.createDirectory(directory.resolve("..data"));

        assertThatThrownBy(() -> current(provider(directory)))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("DB_SECRET_FILE (" + directory + ") has no user (field 'username'), and DB_USER is"
                        + " not set. Its fields are password, user and one whose name is not shown. Set"
                        + " DB_SECRET_USER_KEY to the name of the field, or DB_USER to the user.");
    }

    @Test
    void current_unusableFile_isRefusedByName() throws IOException {
        Path array = write("array.json", "[{\"username\":\"app\"}]");
        Path large = write("large.json", "{\"password\":\"" + "x".repeat(65_536) + "\"}");

        assertThatThrownBy(() -> current(provider(array)))
                .hasMessage("DB_SECRET_FILE (" + array + ") is a JSON array, which is not supported. Store a"
                        + " JSON object, a connection URL or only the password. If this text is the password, store it"
                        + " in the field 'password' of a JSON object.");
        assertThatThrownBy(() -> current(provider(large)))
                .hasMessage("DB_SECRET_FILE (" + large + ") is larger than 65536 bytes. Name the right file,"
                        + " or make it smaller.");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> current(provider(empty)))
                .hasMessage("DB_SECRET_FILE (" + empty
                        + ") is an empty directory. Mount the secret there, or name the right" + " directory.");
        assertThatThrownBy(() -> current(provider(directory.resolve("nowhere"))))
                .hasMessage("DB_SECRET_FILE (" + directory.resolve("nowhere") + ") does not exist. Create the"
                        + " file, or correct the path.");
    }

    @Test
    void current_jsonFileThatIsHalfWritten_keepsTheLastLogin() throws Exception {
        Path file = write("db.json", login("app-1", "pw-1"));
        CredentialsProvider provider = provider(file);
        CredentialsSet before = current(provider);
        try (LogCapture log = LogCapture.start()) {
            write("db.json", login("app-2", "pw-2").substring(0, 20));

            assertThat(current(provider)).isSameAs(before);
            assertThat(log.messages(Level.WARN))
                    .containsExactly("DB_SECRET_FILE (" + file + ") starts like a JSON object, but is not valid"
                            + " JSON. The last login that was read stays in use.");
        }
        write("db.json", login("app-2", "pw-2"));

        assertThat(logins(current(provider))).containsExactly("app-2/pw-2", "app-1/pw-1");
    }

    @Test
    void current_otherServer_isANewGenerationOfTheSameLogin() throws Exception {
        Path file = write("db.json", "{\"username\":\"app\",\"password\":\"pw\",\"host\":\"old.example\"}");
        CredentialsProvider provider = provider(file);
        CredentialsSet before = current(provider);

        write("db.json", "{\"username\":\"app\",\"password\":\"pw\",\"host\":\"new.example\"}");

        CredentialsSet after = current(provider);
        assertThat(after.generation()).isGreaterThan(before.generation());
        assertThat(logins(after)).containsExactly("app/pw");
        assertThat(after.location()).contains(new ServerLocation("new.example", null, null, null));
    }

    /** Kubernetes replaces the link {@code ..data}, so both files always belong together. */
    @Test
    void current_replacedDirectory_hasBothNewValuesImmediately() throws Exception {
        mount("app-1", "pw-1");
        CredentialsProvider provider = provider(directory);
        current(provider);

        mount("app-2", "pw-2");

        assertThat(logins(current(provider))).containsExactly("app-2/pw-2", "app-1/pw-1");
    }

    @Test
    void current_plainFilesThatAreBeingWritten_keepTheLastPairUntilTheyAreSettled() throws Exception {
        writePair("app-1", "pw-1");
        CredentialsProvider provider = provider(directory);
        current(provider);

        write("username", "app-2");
        assertThat(logins(current(provider))).containsExactly("app-1/pw-1");
        clock.advanceMillis(100);
        write("password", "pw-2");
        assertThat(logins(current(provider))).containsExactly("app-1/pw-1");
        clock.advanceMillis(499);
        assertThat(logins(current(provider))).containsExactly("app-1/pw-1");
        clock.advanceMillis(1);

        assertThat(logins(current(provider))).containsExactly("app-2/pw-2", "app-1/pw-1");
    }

    @Test
    void current_onlyTheUserWritten_waitsForThePassword() throws Exception {
        writePair("app-1", "pw-1");
        CredentialsProvider provider = provider(directory);
        CredentialsSet before = current(provider);

        write("username", "app-2");
        for (int i = 0; i < 100; i++) {
            clock.advanceMillis(1_000);
            assertThat(current(provider)).isSameAs(before);
        }
        write("password", "pw-1");
        current(provider);
        clock.advanceMillis(500);

        assertThat(logins(current(provider))).containsExactly("app-2/pw-1", "app-1/pw-1");
    }

    /** Both users have the same password, and the old one no longer exists. */
    @Test
    void refresh_onlyTheUserWritten_returnsTheNewUser() throws Exception {
        writePair("app-1", "pw");
        CredentialsProvider provider = provider(directory);
        CredentialsSet before = current(provider);
        write("username", "app-2");
        current(provider);
        clock.advanceMillis(1_000);

        CredentialsSet after = provider.refresh(before, TARGET, BUDGET);

        assertThat(logins(after)).containsExactly("app-2/pw", "app-1/pw");
    }

    @Test
    void current_onlyThePasswordWritten_isARotationOfThePassword() throws Exception {
        writePair("app", "pw-1");
        CredentialsProvider provider = provider(directory);
        current(provider);
        write("password", "pw-2");
        current(provider);
        clock.advanceMillis(500);

        assertThat(logins(current(provider))).containsExactly("app/pw-2", "app/pw-1");
    }

    @Test
    void fetchNow_plainFiles_waitsUntilTheyAreSettled() throws Exception {
        writePair("app-1", "pw-1");
        CredentialsProvider provider = provider(directory);
        current(provider);
        writePair("app-2", "pw-2");

        assertThat(logins(provider.fetchNow(TARGET, BUDGET))).containsExactly("app-2/pw-2", "app-1/pw-1");
    }

    @Test
    void current_userAndPasswordFiles_changeTogether() throws Exception {
        Path user = write("user", "app-1\n");
        Path password = write("password", "pw-1\n");
        CredentialsProvider provider =
                FileCredentials.userAndPasswordFiles(user, "DB_USER_FILE", password, "DB_PASSWORD_FILE", clock);
        assertThat(logins(current(provider))).containsExactly("app-1/pw-1");

        write("user", "app-2\n");
        assertThat(logins(current(provider))).containsExactly("app-1/pw-1");
        write("password", "pw-2\n");
        current(provider);
        clock.advanceMillis(500);

        assertThat(logins(current(provider))).containsExactly("app-2/pw-2", "app-1/pw-1");
        assertThat(provider.description()).isEqualTo("password file " + password + " and user file " + user);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private void writePair(String user, String password) throws IOException {
        write("username", user);
        write("password", password);
    }

    private void mount(String user, String password) throws IOException {
        Path version = Files.createTempDirectory(directory, "..2026_");
        Files.writeString(version.resolve("username"), user);
        Files.writeString(version.resolve("password"), password);
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), version.getFileName());
        Files.move(
                link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String field : List.of("username", "password")) {
            if (!Files.exists(directory.resolve(field))) {
                Files.createSymbolicLink(directory.resolve(field), Path.of("..data", field));
            }
        }
    }

    private static String login(String user, String password) {
        return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }

    private static SecretKeys keys() {
        return new SecretKeys("username", "password", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY");
    }

    private CredentialsProvider provider(Path file) {
        return provider(file, keys(), null);
    }

    private CredentialsProvider provider(Path file, SecretKeys keys, @Nullable String user) {
        return FileCredentials.secretFile(file, "DB_SECRET_FILE", keys, user, "DB_USER", clock);
    }

    private static CredentialsSet current(CredentialsProvider provider) throws CredentialsException {
        return provider.current(TARGET, BUDGET);
    }

    private static List<String> logins(CredentialsSet set) {
        return set.candidates().stream()
                .map((Credentials login) -> login.user() + "/" + login.password())
                .toList();
    }
}
