package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of this process. */
class ProcessEnvironmentTest {

    @ParameterizedTest
    @CsvSource({
        "com.example.Ledger, Ledger",
        "com.example.Ledger --port 8080, Ledger",
        "Ledger, Ledger",
        "ledger/com.example.Ledger, Ledger",
        "/opt/app/ledger-1.2.jar, ledger-1.2",
        "/opt/app/ledger.jar --port 8080, ledger",
        "ledger.jar, ledger",
        "C:\\app\\ledger.jar, ledger",
    })
    void program_command_isTheMainClassOrTheJar(String command, String program) {
        assertThat(ProcessEnvironment.program(command)).isEqualTo(program);
    }

    /** An arguments file or a password on the command line must not become the name of the program. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", " secret"})
    void program_noCommand_isNull(String command) {
        assertThat(ProcessEnvironment.program(command)).isNull();
    }

    @Test
    void properties_otherPrefixes_areNotRead() {
        System.setProperty("wellhead.test.only", "yes");
        System.setProperty("wellheader.test.only", "no");
        try {
            assertThat(ProcessEnvironment.properties())
                    .containsEntry("wellhead.test.only", "yes")
                    .doesNotContainKeys("wellheader.test.only", "java.home", "user.name");
        } finally {
            System.clearProperty("wellhead.test.only");
            System.clearProperty("wellheader.test.only");
        }
    }

    /** libpq's files are in the home directory, which containers and services often do not set. */
    @Test
    void variables_anyProcess_haveAHome() {
        assertThat(ProcessEnvironment.variables())
                .containsAnyOf(
                        java.util.Map.entry("HOME", System.getProperty("user.home")),
                        java.util.Map.entry("HOME", String.valueOf(System.getenv("HOME"))));
    }

    @Test
    void hostName_ofThisMachine_isOneLine() {
        String name = ProcessEnvironment.hostName();

        if (name != null) {
            assertThat(name).isNotBlank().doesNotContain("\n").hasSizeLessThanOrEqualTo(256);
        }
    }
}
