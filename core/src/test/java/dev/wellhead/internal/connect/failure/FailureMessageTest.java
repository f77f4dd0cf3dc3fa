package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the failures of several servers become one exception. */
class FailureMessageTest {

    @Test
    void exception_oneServer_hasItsReasonOriginsAndFixes() {
        ServerFailure failure = new ServerFailure(
                new HostAndPort("db.example", 5432),
                FailureKind.REFUSED,
                ConnectStage.TCP,
                "08001",
                "nothing listens on this port",
                List.of(
                        new Origin.OfSetting("host", Origin.Variable.of("DB_HOST")),
                        new Origin.OfSetting("port", new Origin.DefaultOf(null))),
                List.of("First fix.", "Second fix."),
                null);

        ConnectionFailedException exception = FailureMessage.exception(List.of(failure));

        assertThat(String.valueOf(exception.getMessage()).lines())
                .containsExactly(
                        "Cannot connect to db.example:5432: nothing listens on this port (DB_HOST, default port).",
                        "  From: host (environment variable DB_HOST); port (default)",
                        "  First fix.",
                        "  Second fix.");
        assertThat(exception.failures()).containsExactly(failure);
    }

    @Test
    void exception_severalServers_takesKindAndCauseFromTheFirstTransientFailure() {
        ServerFailure untrusted = failure(FailureKind.TLS_UNTRUSTED);
        ServerFailure refused = failure(FailureKind.REFUSED);
        ServerFailure timedOut = failure(FailureKind.TIMED_OUT);

        ConnectionFailedException exception = FailureMessage.exception(List.of(untrusted, refused, timedOut));

        assertThat(exception.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(exception.getCause()).isSameAs(refused.cause());
        assertThat(exception.getSuppressed()).containsExactly(untrusted.cause(), timedOut.cause());
    }

    @Test
    void exception_failureThatEndedTheSearch_decidesTheKind() {
        ConnectionFailedException exception = FailureMessage.exception(
                List.of(failure(FailureKind.REFUSED), failure(FailureKind.CREDENTIALS_REFUSED)));

        assertThat(exception.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
    }

    @Test
    void exception_noTransientFailure_takesTheKindOfTheFirst() {
        ConnectionFailedException exception = FailureMessage.exception(
                List.of(failure(FailureKind.TLS_EXPIRED), failure(FailureKind.NOT_POSTGRESQL)));

        assertThat(exception.kind()).isEqualTo(FailureKind.TLS_EXPIRED);
    }

    private static ServerFailure failure(FailureKind kind) {
        return new ServerFailure(
                new HostAndPort("db.example", 5432),
                kind,
                ConnectStage.TCP,
                "08001",
                "it failed",
                List.of(),
                List.of(),
                new IOException(kind.value()));
    }
}
