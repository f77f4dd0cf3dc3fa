package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.CertificateAuthority;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that break every rule between the TCP connect and the session: each of them ends an attempt with one clear
 * failure before the deadline, and receives no password that it must not have. All of them run concurrently.
 */
class HostileServerTest {

    private static final String PASSWORD = "hunter-4711";
    private static final String RECEIVED_PASSWORD = " It received the password.";

    private static final List<HostileBehaviour> BEHAVIOURS = Stream.of(
                    new HostileTransport(), new HostileMessages(), new HostileLogins())
            .flatMap(subject -> subject.all().stream())
            .toList();
    private static final Map<HostileBehaviour, Future<String>> OUTCOMES = new HashMap<>();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(16);

    @TempDir
    private static Path directory;

    static List<HostileBehaviour> behaviours() {
        return BEHAVIOURS;
    }

    @BeforeAll
    static void connectToAll() {
        CertificateAuthority authority = CertificateAuthority.create("Our CA");
        Path root = authority.writeTo(directory.resolve("root.crt"));
        SSLContext tls = ScriptedServer.tls(authority.server("127.0.0.1"));
        BEHAVIOURS.forEach(behaviour -> OUTCOMES.put(behaviour, THREADS.submit(() -> outcome(behaviour, tls, root))));
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    private static String outcome(HostileBehaviour behaviour, SSLContext tls, Path root) throws SQLException {
        try (ScriptedServer server = new ScriptedServer(tls, behaviour.script())) {
            Connecting connecting =
                    behaviour.client().to(server.port(), root).with(CredentialsProvider.fixed("app", PASSWORD));
            if (behaviour.isSlow()) {
                connecting.with("DB_CONNECT_TIMEOUT", "1s");
            }
            try (Connection connection = connecting.connector().open(Duration.ofSeconds(20))) {
                return "connected to " + connection.getMetaData().getURL();
            } catch (ConnectionFailedException failed) {
                String first =
                        String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
                String reason = first.substring(first.indexOf(": ") + 2);
                return failed.kind().value() + ": " + reason
                        + (server.received().contains(PASSWORD) ? RECEIVED_PASSWORD : "");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void open_hostileServer_failsInTimeAndDoesNotSendThePassword(HostileBehaviour behaviour) throws Exception {
        Future<String> result = Objects.requireNonNull(OUTCOMES.get(behaviour));

        String outcome = result.get(120, TimeUnit.SECONDS);

        assertThat(outcome).startsWith(behaviour.outcome());
        if (!behaviour.mayReceivePassword()) {
            assertThat(outcome).doesNotContain(RECEIVED_PASSWORD);
        }
    }

    @Test
    void behaviours_areManyAndDifferent() {
        assertThat(BEHAVIOURS)
                .hasSizeGreaterThan(200)
                .extracting(HostileBehaviour::toString)
                .doesNotHaveDuplicates();
    }
}
