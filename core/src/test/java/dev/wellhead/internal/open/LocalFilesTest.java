package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

    @TempDir
    private Path directory;

    @Test
    void read_secretFile_completesTheSettings() throws IOException {
        Path file = write("{\"username\":\"app\",\"password\":\"pw\",\"host\":\"127.0.0.1\",\"port\":5433,"
                + "\"dbname\":\"ledger\"}");

        DatabaseSettings resolved = Resolve.settings("DB_SECRET_FILE=" + file);
        LocalFiles files = LocalFiles.read(resolved);

        assertThat(resolved.hosts()).isEmpty();
        assertThat(files.problems()).isEmpty();
        assertThat(files.settings().hosts()).containsExactly(new HostAndPort("127.0.0.1", 5433));
        assertThat(files.settings().explain(Settings.NAME).orElseThrow().origin())
                .isEqualTo(new Origin.SecretField("secret file " + file, "dbname"));
    }

    @Test
    void read_missingFiles_areAllProblems() {
        List<Problem> problems = problems(
                "DB_HOST=db.example DB_PASSWORD_FILE=/nope/pw DB_SSLROOTCERT=/nope/root.crt DB_SSLCERT=/nope/client.crt"
                        + " DB_SSLKEY=/nope/client.key");

        assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.UNUSABLE_FILE);
        assertThat(problems)
                .extracting(problem -> problem.setting() + ": " + problem.message())
                .containsExactly(
                        "DB_PASSWORD_FILE: DB_PASSWORD_FILE (/nope/pw) does not exist.",
                        "DB_SSLROOTCERT: The root certificate file /nope/root.crt does not exist.",
                        "DB_SSLKEY: The client key /nope/client.key does not exist.");
        assertThat(problems.get(1).source()).isEqualTo("From: environment variable DB_SSLROOTCERT");
        assertThat(problems.get(1).fixes()).containsExactly("Create the file, or correct the path.");
    }

    @Test
    void read_passwordFileWithJson_isAProblem() throws IOException {
        Path file = write("{\"password\":\"s3cr3t\"}");

        assertThat(problems("DB_PASSWORD_FILE=" + file)).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("DB_PASSWORD_FILE (" + file + ") contains a JSON object and not only a password.");
            assertThat(problem.fixes()).containsExactly("Write only the password into it, without the other fields.");
        });
    }

    @Test
    void read_secretFileWithoutAServer_isAProblemInAStrictEnvironment() throws IOException {
        Path file = write("{\"username\":\"app\",\"password\":\"pw\"}");

        assertThat(problems("ENVIRONMENT=production DB_SECRET_FILE=" + file))
                .extracting(Problem::message)
                .containsExactly("There is no host: DB_HOST is not set.", "There is no database name: DB_NAME is not set.");
        assertThat(problems("DB_SECRET_FILE=" + file)).isEmpty();
    }

    @Test
    void read_unusedOrUsableFiles_areNoProblem() throws IOException {
        Path root = Files.writeString(
                directory.resolve("root.crt"),
                CertificateAuthority.create("root").certificatePem());

        assertThat(problems("DB_HOST=db.example DB_SSLROOTCERT=" + root)).isEmpty();
        assertThat(problems("DB_SSLMODE=disable DB_SSLROOTCERT=/nope")).isEmpty();
        assertThat(problems("DB_SECRET_ID=prod/ledger")).isEmpty();
    }

    private static List<Problem> problems(String variables) {
        return LocalFiles.read(Resolve.settings(variables)).problems();
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content);
    }
}
