package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, because logging is configured once per process. */
class LoggingTest {

    @TempDir
    Path directory;

    private Run run(String... arguments) throws Exception {
        Map<String, String> variables = Map.of(
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(PostgresServer.shared().port()),
                "DB_NAME",
                "postgres",
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD);
        return Child.run(directory, variables, arguments);
    }

    @Test
    void verbose_ofACommand_logsTheDriverToTheStandardError() throws Exception {
        Run run = run("wait", "--verbose");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("org.postgresql");
    }

    @Test
    void log_withoutTheOption_isEmpty() throws Exception {
        Run run = run("wait");

        assertThat(run.code()).isZero();
        assertThat(run.err()).doesNotContain("org.postgresql");
    }

    @Test
    void verbose_afterTheCommandOfExec_belongsToThatCommand() throws Exception {
        Run run = run("exec", "echo", "-v");

        assertThat(run.out()).isEqualTo("-v\n");
        assertThat(run.err()).doesNotContain("org.postgresql");
    }

    @Test
    void verbose_beforeTheCommandOfExec_isOurs() throws Exception {
        Run run = run("exec", "-v", "--", "echo", "done");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("done\n");
    }
}
