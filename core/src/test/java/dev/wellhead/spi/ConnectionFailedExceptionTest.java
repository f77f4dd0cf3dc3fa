package dev.wellhead.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The failure types that applications and listeners receive. */
class ConnectionFailedExceptionTest {

    private static final ServerFailure REFUSED = new ServerFailure(
            new HostAndPort("db", 5432),
            FailureKind.REFUSED,
            ConnectStage.TCP,
            "08001",
            "nothing listens there",
            List.of(
                    new Origin.OfSetting("host", Origin.Variable.of("DB_HOST")),
                    new Origin.OfSetting("port", new Origin.DefaultOf(null))),
            List.of("Check DB_HOST."),
            new IOException("Connection refused"));

    @Test
    void exception_ofAServer_hasItsKindStateAndCause() {
        ConnectionFailedException exception = new ConnectionFailedException("Nothing.", REFUSED, List.of(REFUSED));

        assertThat((Throwable) exception).hasMessage("Nothing.").hasCause(REFUSED.cause());
        assertThat(exception.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(exception.getSQLState()).isEqualTo("08001");
        assertThat(exception.failures()).containsExactly(REFUSED);
    }

    @Test
    void verdict_dependsOnThePredicate_andNotOnTheWordsOfTheReason() {
        assertThat(REFUSED.verdict()).isEqualTo("db:5432: nothing listens there (DB_HOST, default port).");
        assertThat(failure("it is too late", "").verdict()).isEqualTo("db:5432: it is too late.");
        assertThat(failure("it refused user 'app'", "refused user 'app'").verdict())
                .isEqualTo("db:5432 refused user 'app'.");
        assertThat(failure("it refused user 'app'", "refused user 'app'")
                        .withFixes(List.of("Check it."))
                        .verdict())
                .isEqualTo("db:5432 refused user 'app'.");
    }

    private static ServerFailure failure(String reason, String predicate) {
        return new ServerFailure(
                new HostAndPort("db", 5432),
                FailureKind.OTHER,
                ConnectStage.AUTHENTICATION,
                "",
                reason,
                predicate,
                List.of(),
                List.of(),
                null);
    }

    @Test
    void exception_ofNoServer_hasNoFailures() {
        assertThat(new ConnectionFailedException("Sealed.", "28000", FailureKind.CREDENTIALS_UNAVAILABLE, null)
                        .failures())
                .isEmpty();
    }

    @Test
    void serialization_exception_keepsMessageStateAndKind() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ConnectionFailedException("Nothing.", REFUSED, List.of(REFUSED)));
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ConnectionFailedException copy = (ConnectionFailedException) in.readObject();
            assertThat((Throwable) copy).hasMessage("Nothing.");
            assertThat(copy.getSQLState()).isEqualTo("08001");
            assertThat(copy.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(copy.failures()).isEmpty();
        }
    }

    @Test
    void source_severalOrigins_isOneLine() {
        assertThat(REFUSED.source()).isEqualTo("From: host (environment variable DB_HOST); port (default)");
        assertThat(REFUSED.withFixes(List.of()).source()).isEqualTo(REFUSED.source());
    }

    @Test
    void source_noOrigins_isEmpty() {
        assertThat(failure(List.of(), List.of()).source()).isEmpty();
    }

    @Test
    void withFixes_otherFixes_keepsTheRest() {
        ServerFailure changed = REFUSED.withFixes(List.of("Start the server."));

        assertThat(changed.fixes()).containsExactly("Start the server.");
        assertThat(changed.withFixes(REFUSED.fixes())).isEqualTo(REFUSED);
    }

    @Test
    void failure_listsChangedLater_areKept() {
        List<String> fixes = new ArrayList<>(List.of("Check DB_HOST."));
        ServerFailure failure = failure(List.of(), fixes);

        fixes.clear();

        assertThat(failure.fixes()).containsExactly("Check DB_HOST.");
        assertThatThrownBy(() -> failure.fixes().add("more")).isInstanceOf(UnsupportedOperationException.class);
    }

    /** startupTimeout waits only for these: a wrong password or certificate does not go away on its own. */
    @Test
    void isTransient_everyKind_isPinned() {
        Set<FailureKind> transients = EnumSet.noneOf(FailureKind.class);
        for (FailureKind kind : FailureKind.values()) {
            if (kind.isTransient()) {
                transients.add(kind);
            }
        }

        assertThat(transients)
                .containsExactlyInAnyOrder(
                        FailureKind.NAME_NOT_RESOLVED,
                        FailureKind.REFUSED,
                        FailureKind.TIMED_OUT,
                        FailureKind.NETWORK,
                        FailureKind.CREDENTIALS_UNAVAILABLE,
                        FailureKind.TOO_MANY_CONNECTIONS,
                        FailureKind.STARTING_UP,
                        FailureKind.WRONG_SERVER_ROLE);
    }

    @Test
    void value_ofKindsAndStages_isLowerCase() {
        assertThat(FailureKind.TLS_WRONG_HOST_NAME.value()).isEqualTo("tls_wrong_host_name");
        assertThat(ConnectStage.NAME_RESOLUTION.value()).isEqualTo("name_resolution");
    }

    private static ServerFailure failure(List<Origin> origins, List<String> fixes) {
        return new ServerFailure(
                new HostAndPort("db", 5432),
                FailureKind.REFUSED,
                ConnectStage.TCP,
                "08001",
                "nothing listens there",
                origins,
                fixes,
                null);
    }
}
