package dev.wellhead.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileModeTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"rw-------, ''", "r--------, ''", "rw-r--r--, 0644", "rw-rw----, 0660", "rw-----w-, 0602"})
    void ofExposed_modeOfTheFile_followsTheRuleOfLibpq(String permissions, String exposed) throws Exception {
        assertThat(FileMode.ofExposed(file(permissions)).orElse("")).isEqualTo(exposed);
    }

    @Test
    void ofExposed_readableForTheGroup_isPrivateOnlyIfRootOwnsIt() throws Exception {
        Path file = file("rw-r-----");
        boolean ownedByRoot = Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));

        assertThat(FileMode.ofExposed(file).isEmpty()).isEqualTo(ownedByRoot);
    }

    @Test
    void ofExposed_missingFile_isEmpty() {
        assertThat(FileMode.ofExposed(directory.resolve("nowhere"))).isEmpty();
    }

    @Test
    void clientKey_thatOthersCanRead_isAWarningWithFileAndMode() throws Exception {
        Path key = file("rw-r--r--");
        String settings = "ENVIRONMENT=local DB_HOST=db DB_SSLCERT=/c.pem DB_SSLKEY=" + key;

        assertThat(Resolve.settings(settings).warnings())
                .containsExactly(
                        "DB_SSLKEY names " + key + ", which other users of this machine can read or change (mode"
                                + " 0644). Set its mode to 0600, or to 0640 if it belongs to root.");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(Resolve.settings(settings).warnings()).isEmpty();
    }

    private Path file(String permissions) throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "key");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
