package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The warnings about a password file that is not used, in an environment with a default password. */
class IgnoredPassfileTest {

    private static final String IGNORED =
            "has group or world access; its permissions should be 0600 or less, or 0640 if it"
                    + " belongs to root. The file is ignored. Run chmod 600 on the file. For a Secret in Kubernetes, set defaultMode"
                    + " to 0640, and fsGroup to the group of the process.";

    private static Path readableByAll(Path file) throws IOException {
        Files.writeString(file, "*:*:*:*:pw\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void passfile_namedByAVariableAndIgnored_warns(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("none");
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path readable = readableByAll(directory.resolve("pgpass"));

        assertThat(Resolve.settings("DB_PASSFILE=" + missing).warnings())
                .containsExactly("DB_PASSFILE names " + missing
                        + ", which does not exist. The file is ignored. Create the" + " file, or correct the path.");
        assertThat(Resolve.settings("PGPASSFILE=" + readable).warnings())
                .containsExactly("PGPASSFILE names " + readable + ", which " + IGNORED);
        assertThat(Resolve.settings("DB_PASSFILE=" + directory).warnings())
                .containsExactly("DB_PASSFILE names " + directory
                        + ", which is a directory. The file is ignored. Name a" + " file.");
        assertThat(Resolve.settings("PGPASSFILE=" + pipe).warnings())
                .singleElement()
                .asString()
                .startsWith("PGPASSFILE names " + pipe + ", which is a named pipe. The file is ignored. ");
    }

    @Test
    void passfile_inTheUrlAndIgnored_warnsWithoutItsName(@TempDir Path directory) {
        assertThat(Resolve.settings("DATABASE_URL=postgresql://localhost/db?passfile=" + directory.resolve("none"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("DATABASE_URL names a file, which does not exist. The file is ignored.")
                .doesNotContain(directory.toString());
    }

    @Test
    void passfile_inTheHomeDirectoryAndIgnored_warns(@TempDir Path home) throws IOException {
        readableByAll(home.resolve(".pgpass"));

        assertThat(Resolve.settings("HOME=" + home).warnings()).containsExactly("~/.pgpass " + IGNORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGPASSFILE=/dev/null", "DB_PASSFILE=/dev/null", "HOME=/dev/null", "HOME=/no/such/place"})
    void passfile_thatIsDisabledOrAbsent_causesNoWarning(String variable) {
        assertThat(Resolve.settings(variable).warnings()).isEmpty();
    }

    @Test
    void passfile_besideAPassword_causesNoWarning() {
        assertThat(Resolve.settings("DB_PASSFILE=/no/such/file DB_PASSWORD=pw").warnings())
                .isEmpty();
    }
}
