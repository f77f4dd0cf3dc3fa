package dev.wellhead.internal.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class PassfileLineTest {

    private static final LoginTarget ONE = new LoginTarget("one", 5432);
    private static final LoginTarget TWO = new LoginTarget("two", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void current_line_isThePasswordOfItsServer() throws Exception {
        CredentialsProvider provider = provider("one:5432:books:app:first\ntwo:*:*:app:second\n");

        assertThat(passwords(provider.current(ONE, BUDGET))).containsExactly("first");
        assertThat(passwords(provider.current(TWO, BUDGET))).containsExactly("second");
        assertThat(provider.current(ONE, BUDGET).generation())
                .isEqualTo(provider.current(TWO, BUDGET).generation());
    }

    @Test
    void current_changedLine_putsTheNewPasswordFirstInANewGeneration() throws Exception {
        CredentialsProvider provider = provider("*:*:books:app:old");
        CredentialsSet before = provider.current(ONE, BUDGET);

        write("*:*:books:app:new");

        assertThat(passwords(provider.current(ONE, BUDGET))).containsExactly("new", "old");
        assertThat(provider.current(ONE, BUDGET).generation()).isGreaterThan(before.generation());
        assertThat(provider.refresh(before, ONE, BUDGET)).isSameAs(provider.current(ONE, BUDGET));
    }

    @Test
    void current_lineOfAnotherServerChanged_isInTheSameGenerationAsThatOne() throws Exception {
        CredentialsProvider provider = provider("one:*:*:app:first\ntwo:*:*:app:second\n");
        provider.current(ONE, BUDGET);
        long before = provider.current(TWO, BUDGET).generation();

        write("one:*:*:app:third\ntwo:*:*:app:second\n");
        long after = provider.current(ONE, BUDGET).generation();

        assertThat(after).isGreaterThan(before);
        assertThat(provider.current(TWO, BUDGET).generation()).isEqualTo(after);
        assertThat(passwords(provider.current(TWO, BUDGET))).containsExactly("second");
    }

    @Test
    void current_commentChanged_keepsTheGeneration() throws Exception {
        CredentialsProvider provider = provider("*:*:books:app:old");
        CredentialsSet before = provider.current(ONE, BUDGET);

        write("# a comment\n*:*:books:app:old");

        assertThat(provider.current(ONE, BUDGET)).isSameAs(before);
    }

    @Test
    void current_noMatchingLine_namesTheExpectedLine() throws Exception {
        CredentialsProvider provider = provider("*:*:other:app:old");

        assertThatThrownBy(() -> provider.current(ONE, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("DB_PASSFILE is " + file() + ", which has no line for host 'one', port 5432, database"
                        + " 'books' and user 'app'. Add one: host:port:database:user:password.");
    }

    @Test
    void current_fileReadableByOthers_namesTheReason() throws Exception {
        CredentialsProvider provider = provider("*:*:books:app:old");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> provider.current(ONE, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(
                        "DB_PASSFILE is " + file() + ", which is ignored: it has group or world access; its"
                                + " permissions should be 0600 or less, or 0640 if it belongs to root. Run chmod 600 on the file."
                                + " For a Secret in Kubernetes, set defaultMode to 0640, and fsGroup to the group of the process.");
    }

    @Test
    void current_lineRemoved_keepsTheLastPasswordAndLogsOnce() throws Exception {
        CredentialsProvider provider = provider("*:*:books:app:old");
        provider.current(ONE, BUDGET);
        write("# nothing");

        try (LogCapture log = LogCapture.start()) {
            assertThat(passwords(provider.current(ONE, BUDGET))).containsExactly("old");
            assertThat(passwords(provider.current(ONE, BUDGET))).containsExactly("old");
            assertThat(log.messages(Level.WARN)).hasSize(1);
            assertThat(log.text()).contains("The last login that was read stays in use.");
        }
    }

    private CredentialsProvider provider(String content) throws IOException {
        write(content);
        return FileCredentials.passfile("app", file(), "books", "DB_PASSFILE");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    private Path file() {
        return directory.resolve("pgpass");
    }

    private static List<String> passwords(CredentialsSet set) {
        return set.candidates().stream().map(Credentials::password).toList();
    }
}
