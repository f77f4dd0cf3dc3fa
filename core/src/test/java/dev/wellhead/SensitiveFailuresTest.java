package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.Evidence;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.RevocationListDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If a connection does not open for any reason, no output contains the password. */
@Timeout(120)
class SensitiveFailuresTest {

    /** A TLS alert record: fatal, handshake_failure. */
    private static final String HANDSHAKE_FAILURE = "\u0015\u0003\u0003\u0000\u0002\u0002(";

    private static final List<AutoCloseable> OPENED = new ArrayList<>();

    private static Keeper keeper;
    private static PostgresServer expired;
    private static PostgresServer clientOnly;
    private static BlackHole hole;

    @TempDir
    static Path directory;

    @BeforeAll
    static void startServers() throws Exception {
        keeper = opened(Keeper.start());
        expired = opened(PostgresServer.builder()
                .tls(Keeper.AUTHORITY.expiredServer("localhost"))
                .start());
        clientOnly = opened(PostgresServer.builder()
                .tls(Keeper.AUTHORITY.client("localhost"))
                .start());
        hole = opened(BlackHole.open());
    }

    @AfterAll
    static void stopServers() throws Exception {
        for (AutoCloseable each : OPENED) {
            each.close();
        }
    }

    /** A way to fail. */
    record Failure(FailureKind kind, Map<String, String> environment) {
        @Override
        public String toString() {
            return kind.name();
        }
    }

    static Stream<Failure> failures() throws IOException {
        CertificateAuthority stranger = CertificateAuthority.create("Another CA");
        String trusted =
                Keeper.AUTHORITY.writeTo(directory.resolve("trusted.pem")).toString();
        String untrusted = stranger.writeTo(directory.resolve("untrusted.pem")).toString();
        Path unrelatedList = Files.writeString(
                directory.resolve("unrelated.crl"),
                RevocationListDraft.of(stranger.issued()).pem());
        return Stream.of(
                failure(FailureKind.NAME_NOT_RESOLVED, "DB_HOST", "no-such-host.invalid"),
                failure(FailureKind.REFUSED, "DB_PORT", String.valueOf(FreePort.find())),
                failure(FailureKind.TIMED_OUT, "DB_PORT", String.valueOf(hole.port()), "DB_CONNECT_TIMEOUT", "300ms"),
                failure(FailureKind.NETWORK, "DB_PORT", fake(FakeServer.saying(""))),
                failure(
                        FailureKind.TLS_UNTRUSTED,
                        "DB_HOST",
                        "localhost",
                        "DB_SSLMODE",
                        "verify-full",
                        "DB_SSLROOTCERT",
                        untrusted),
                failure(FailureKind.TLS_WRONG_HOST_NAME, "DB_SSLMODE", "verify-full", "DB_SSLROOTCERT", trusted),
                failure(
                        FailureKind.TLS_EXPIRED,
                        "DB_PORT",
                        String.valueOf(expired.port()),
                        "DB_SSLMODE",
                        "verify-ca",
                        "DB_SSLROOTCERT",
                        trusted),
                failure(
                        FailureKind.TLS_INVALID,
                        "DB_PORT",
                        String.valueOf(clientOnly.port()),
                        "DB_SSLMODE",
                        "verify-ca",
                        "DB_SSLROOTCERT",
                        trusted),
                failure(
                        FailureKind.TLS_REVOKED,
                        "DB_SSLMODE",
                        "verify-ca",
                        "DB_SSLROOTCERT",
                        trusted,
                        "DB_SSLCRL",
                        unrelatedList.toString()),
                failure(
                        FailureKind.TLS_NOT_SUPPORTED,
                        "DB_PORT",
                        String.valueOf(PostgresServer.shared().port()),
                        "DB_SSLMODE",
                        "require"),
                failure(
                        FailureKind.TLS_FAILED,
                        "DB_PORT",
                        fake(FakeServer.saying("S", HANDSHAKE_FAILURE)),
                        "DB_SSLMODE",
                        "require"),
                failure(FailureKind.CREDENTIALS_REFUSED, "DB_USER", "nobody_here"),
                failure(
                        FailureKind.CREDENTIALS_UNAVAILABLE,
                        "DB_PASSWORD_FILE",
                        directory.resolve("missing").toString()),
                failure(FailureKind.NOT_ADMITTED, "DB_USER", "fenced"),
                failure(FailureKind.NO_SUCH_DATABASE, "DB_NAME", "nowhere"),
                failure(FailureKind.TOO_MANY_CONNECTIONS, "DB_USER", "crowded"),
                failure(FailureKind.STARTING_UP, "DB_PORT", fake(FakeServer.refusingWith("57P03", "starting up"))),
                failure(FailureKind.WRONG_SERVER_ROLE, "DB_TARGET_SERVER_TYPE", "standby"),
                failure(
                        FailureKind.NOT_POSTGRESQL,
                        "DB_PORT",
                        fake(FakeServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n"))),
                failure(FailureKind.OTHER, "DB_PORT", fake(FakeServer.refusingWith("XX000", "internal error"))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_everyKind_showsThePasswordNowhere(Failure failure) throws Exception {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            Throwable thrown =
                    catchThrowable(() -> Keeper.open(failure.environment()).close());
            assertThat(Keeper.kind(thrown)).isEqualTo(failure.kind());
            evidence.addThrowable("exception", thrown);
            evidence.addThreads();
            evidence.add("log", log.text());
        }
        keeper.assertShowsNothing(evidence);
    }

    @Test
    void failures_kinds_areAllThereAre() throws IOException {
        assertThat(failures().map(Failure::kind)).containsExactlyInAnyOrder(FailureKind.values());
    }

    private static Failure failure(FailureKind kind, String... variables) {
        Map<String, String> environment = keeper.here(variables);
        if (!environment.containsKey("DB_PASSWORD_FILE")) {
            environment.put("DB_PASSWORD", Keeper.PASSWORD.value());
        }
        return new Failure(kind, environment);
    }

    private static String fake(FakeServer fake) {
        return String.valueOf(opened(fake).port());
    }

    private static <T extends AutoCloseable> T opened(T each) {
        OPENED.add(each);
        return each;
    }
}
