package dev.wellhead.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies of servers and proxies that repeat what was sent to them. */
class CacheExaminerTest {

    private static final String PASSWORD = "Vq4-unmistakable-7w";
    private static final String NOAUTH = "-NOAUTH Authentication required.\r\n";

    private static List<StageResult> examine(String... answers) throws IOException {
        List<StageResult> results = new ArrayList<>();
        try (AnsweringServer server = AnsweringServer.start(List.of(answers))) {
            Map<String, String> variables =
                    Map.of("REDIS_URL", "redis://app:" + PASSWORD + "@127.0.0.1:" + server.port());
            new CacheExaminer(SettingsRequest.of("default", variables), results::add).run();
        }
        assertThat(results.toString()).doesNotContain("unmistakable");
        assertThat(results.stream().map(StageResult::toJson).toList().toString())
                .doesNotContain("unmistakable");
        return results;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERR unknown command 'AUTH', with args beginning with: 'app' '" + PASSWORD + "' "
                        + "|ERR unknown command 'AUTH'.",
                "ERR unknown command `AUTH`, with args beginning with: `app`, `" + PASSWORD + "`, "
                        + "|ERR unknown command `AUTH`.",
                "ERR no backend for app:" + PASSWORD + "|its answer is not shown, because it contains the password.",
                "ERR no backend for app:Vq4-unmistakable...|its answer is not shown, because it contains the password.",
                "ERR no backend|ERR no backend.",
            })
    void login_refusalThatRepeatsThePassword_isShownWithoutIt(String reply, String shown) throws IOException {
        List<StageResult> results = examine(NOAUTH, "-" + reply + "\r\n");

        assertThat(results.get(results.size() - 1).text())
                .isEqualTo("it refused the login of user 'app': " + shown + " From: environment variable REDIS_URL");
    }

    /** Servers before Redis 6 refuse a password in other words. */
    @Test
    void login_refusalOfAnOldServer_isARefusedPassword(@TempDir Path directory) throws IOException {
        Path secret = directory.resolve("secret.json");
        Files.writeString(secret, "{\"username\": \"app\", \"password\": \"" + PASSWORD + "\"}");
        List<StageResult> results = new ArrayList<>();
        try (AnsweringServer server = AnsweringServer.start(List.of(NOAUTH, "-ERR invalid password\r\n"))) {
            Map<String, String> variables = Map.of(
                    "REDIS_HOST", "127.0.0.1",
                    "REDIS_PORT", Integer.toString(server.port()),
                    "REDIS_SECRET_FILE", secret.toString());
            new CacheExaminer(SettingsRequest.of("default", variables), results::add).run();
        }

        StageResult login = results.get(results.size() - 1);
        assertThat(login.text()).startsWith("it refused the password of user 'app', or it has no such user");
        assertThat(login.fixes()).containsExactly("Correct REDIS_USER or the password.");
    }

    @Test
    void info_refusalThatRepeatsThePassword_isShownWithoutIt() throws IOException {
        List<StageResult> results = examine(NOAUTH, "+OK\r\n", "-ERR not for app:" + PASSWORD + "\r\n");

        assertThat(results.get(results.size() - 1).text())
                .isEqualTo("INFO was refused (its answer is not shown, because it contains the password)");
    }
}
