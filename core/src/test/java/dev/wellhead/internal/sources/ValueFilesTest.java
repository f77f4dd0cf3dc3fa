package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables that end in {@code _FILE}. */
class ValueFilesTest {

    @TempDir
    private Path directory;

    @Test
    void resolve_valuesInFiles_areUsedWithTheFileAsOrigin() throws IOException {
        Path user = write("user", "app\n");

        DatabaseSettings settings = Resolve.settings("ENVIRONMENT=production DB_USER_FILE=" + user + " DB_HOST_FILE="
                + write("host", "db.example\r\n") + " DB_PORT_FILE=" + write("port", "5433\n") + " DB_NAME_FILE="
                + write("name", "ledger") + " DB_CONNECTION_TIMEOUT_FILE=" + write("timeout", "7s\n")
                + " DB_PASSWORD=pw");

        assertThat(settings.user()).isEqualTo("app");
        assertThat(settings.hosts()).containsExactly(new HostAndPort("db.example", 5433));
        assertThat(settings.databaseName()).isEqualTo("ledger");
        assertThat(settings.get(Settings.CONNECTION_TIMEOUT)).isEqualTo(Duration.ofSeconds(7));
        Origin origin = settings.explain(Settings.USER).orElseThrow().origin();
        assertThat(origin).isEqualTo(new Origin.ValueFile("DB_USER_FILE", user.toString(), ""));
        assertThat(origin.description()).isEqualTo("file " + user + " (DB_USER_FILE)");
    }

    @Test
    void resolve_urlInAFile_suppliesEveryPartAndIsFollowed() throws IOException {
        Path url = write("url", "postgresql://app:s3cr3t@db.example:5433/ledger?sslmode=require\n");

        DatabaseSettings settings = Resolve.settings("ENVIRONMENT=production DATABASE_URL_FILE=" + url);

        assertThat(settings.hosts()).containsExactly(new HostAndPort("db.example", 5433));
        assertThat(settings.databaseName()).isEqualTo("ledger");
        assertThat(settings.explain(Settings.HOST).orElseThrow().origin().description())
                .isEqualTo("host in file " + url + " (DATABASE_URL_FILE)");
        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.SecretFile(url, "app"));
        assertThat(settings.describe()).doesNotContain("s3cr3t");
    }

    @Test
    void resolve_userAndPasswordInFiles_areFollowedTogether() throws IOException {
        Path user = write("user", "app");
        Path password = write("password", "pw");

        assertThat(Resolve.settings("DB_USER_FILE=" + user + " DB_PASSWORD_FILE=" + password)
                        .credentialsSource())
                .isEqualTo(new CredentialsSource.PasswordFile("app", password, user));
        assertThat(Resolve.settings("DB_USER=app DB_PASSWORD_FILE=" + password).credentialsSource())
                .isEqualTo(new CredentialsSource.PasswordFile("app", password));
    }

    @Test
    void resolve_namedDatabase_readsOnlyItsOwnVariables() throws IOException {
        Path user = write("user", "ledger");

        assertThat(Resolve.settings(SettingsRequest.of(
                                "ledger",
                                Resolve.environment("LEDGER_DB_USER_FILE=" + user + " DB_USER_FILE=/nowhere")))
                        .user())
                .isEqualTo("ledger");
    }

    @Test
    void resolve_variableAndFile_areAProblemThatNamesBoth() throws IOException {
        assertThat(Resolve.problem("DB_USER=app DB_USER_FILE=" + write("user", "app")))
                .containsExactly(
                        "DB_USER and DB_USER_FILE are both set.",
                        "From: environment variable DB_USER; environment variable DB_USER_FILE",
                        "Keep one of them and unset the other.");
        assertThat(Resolve.problem("DATABASE_URL=postgresql://db/a DATABASE_URL_FILE=" + write("url", "x")))
                .first()
                .isEqualTo("DATABASE_URL and DATABASE_URL_FILE are both set.");
    }

    @Test
    void resolve_urlInAFileAndAVariableThatDisagree_areAProblem() throws IOException {
        Path url = write("url", "postgresql://app:pw@db.example/ledger");

        assertThat(Resolve.problem("DB_HOST=other DATABASE_URL_FILE=" + url))
                .containsExactly(
                        "DB_HOST and host in DATABASE_URL_FILE have different values.",
                        "From: environment variable DB_HOST; host in file " + url + " (DATABASE_URL_FILE)",
                        "Keep one of them, or set both to the same value.");
    }

    @Test
    void resolve_unusableFile_isTheOnlyProblem() throws IOException {
        String strict = "ENVIRONMENT=production DB_HOST=db DB_NAME=app DB_PASSWORD=pw DB_USER_FILE=";
        Path empty = write("empty", "\n");

        assertThat(Resolve.problem(strict + "/nope"))
                .containsExactly(
                        "DB_USER_FILE names /nope, which does not exist.",
                        "From: environment variable DB_USER_FILE",
                        "Create the file, or correct the path.");
        assertThat(Resolve.problem(strict + empty))
                .containsExactly(
                        "DB_USER_FILE names " + empty + ", which is empty.",
                        "From: environment variable DB_USER_FILE",
                        "Write the value into it.");
        assertThat(Resolve.problem(strict + directory).get(0))
                .isEqualTo("DB_USER_FILE names " + directory + ", which is a directory.");
    }

    @Test
    void resolve_valueInPlaceOfAPath_isNotShown() {
        assertThat(Resolve.problem("DB_SSLPASSWORD_FILE=hunter2"))
                .containsExactly(
                        "DB_SSLPASSWORD_FILE is a relative name that is no existing file, and may be the value itself, so"
                                + " it is not shown.",
                        "From: environment variable DB_SSLPASSWORD_FILE",
                        "Write the absolute path of the file.",
                        "If it is the value itself, set it as DB_SSLPASSWORD.");
    }

    @Test
    void resolve_invalidContent_isNamedAsTheContent() throws IOException {
        assertThat(Resolve.problem("DB_PORT_FILE=" + write("port", "70000")).get(0))
                .startsWith("DB_PORT_FILE contains '70000', which is ");
    }

    @Test
    void resolve_fileOfASettingThatIsAPath_suggestsTheSetting() {
        assertThat(Resolve.problem("DB_SSLKEY_FILE=/run/key.pem"))
                .containsExactly(
                        "DB_SSLKEY_FILE is not a setting.",
                        "From: environment variable DB_SSLKEY_FILE",
                        "Set DB_SSLKEY, whose value is the path of the file.");
        assertThat(Resolve.problem("DB_NOTHING_FILE=/run/x").get(0)).isEqualTo("DB_NOTHING_FILE is not a setting.");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
