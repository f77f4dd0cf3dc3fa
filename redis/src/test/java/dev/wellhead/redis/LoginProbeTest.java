package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.login.LoginSearch;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.RedisServer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** Logins that a real server accepts and refuses. */
class LoginProbeTest {

    private static RedisServer server;
    private static ClientResources resources;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        server.setPasswords("app", "old", "new");
        resources = ClientResources.create();
    }

    @AfterAll
    static void stop() throws Exception {
        resources.shutdown(0, 0, TimeUnit.SECONDS).get();
        server.close();
    }

    private static LoginSearch.Answer check(int port, String user, String password) {
        return check(port, user, password, Duration.ofSeconds(60));
    }

    private static LoginSearch.Answer check(int port, String user, String password, Duration connectTimeout) {
        RedisURI uri = RedisURI.Builder.redis(server.host(), port)
                .withTimeout(Duration.ofHours(1))
                .build();
        ClientOptions options = ClientOptions.builder()
                .socketOptions(
                        SocketOptions.builder().connectTimeout(connectTimeout).build())
                .build();
        try (LoginProbe probe = new LoginProbe(resources, options, uri)) {
            return probe.of(Credentials.of(user, password, "AWSCURRENT"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "app, old, ACCEPTED",
        "app, new, ACCEPTED",
        "app, wrong, REFUSED",
        "nobody, old, REFUSED",
        "'', '', ACCEPTED",
    })
    void of_login_isTheAnswerOfTheServer(String user, String password, LoginSearch.Answer expected) {
        assertThat(check(server.port(), user, password)).isEqualTo(expected);
    }

    @Test
    void of_loginAtAnUnreachableServer_isUnknown() {
        assertThat(check(FreePort.find(), "app", "old")).isEqualTo(LoginSearch.Answer.UNKNOWN);
    }

    @Test
    @Timeout(300)
    void of_loginAtAServerThatDoesNotAnswer_isUnknownAfterTheTimeOutToConnect() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName(server.host()))) {
            assertThat(check(silent.getLocalPort(), "app", "old", Duration.ofMillis(200)))
                    .isEqualTo(LoginSearch.Answer.UNKNOWN);
        }
    }

    @Test
    void of_login_leavesNoSession() {
        int before = server.sessions("app");

        check(server.port(), "app", "old");

        Await.until(Duration.ofSeconds(60), () -> server.sessions("app") == before);
    }

    @Test
    void of_login_isInNoLog() {
        try (LogCapture log = LogCapture.start()) {
            check(server.port(), "app", "hunter2-refused");
            server.setPasswords("logged", "hunter2-accepted");
            check(server.port(), "logged", "hunter2-accepted");

            assertThat(log.events().stream().filter(event -> event.level() != Level.TRACE))
                    .as("Lettuce logs every byte at level TRACE")
                    .noneMatch(event -> event.toString().contains("hunter2"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRONGPASS invalid username-password pair or user is disabled., true",
        "NOAUTH HELLO must be called with the client already authenticated, true",
        "ERR invalid password, true",
        "ERR DB index is out of range, false",
        "LOADING Redis is loading the dataset in memory, false",
        "NOPERM this user has no permissions to run the 'select' command, false",
    })
    void isRefusal_answer_isOneOfALogin(String answer, boolean expected) {
        RedisConnectionException failure =
                new RedisConnectionException("Unable to connect", new RedisCommandExecutionException(answer));

        assertThat(LoginProbe.isRefusal(failure)).isEqualTo(expected);
    }
}
