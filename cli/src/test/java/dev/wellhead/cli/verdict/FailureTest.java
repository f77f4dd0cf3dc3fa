package dev.wellhead.cli.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {

    private static ServerFailure server(String host, FailureKind kind, String reason) {
        return server(host, kind, reason, "");
    }

    private static ServerFailure server(String host, FailureKind kind, String reason, String predicate) {
        return new ServerFailure(
                new HostAndPort(host, 5432),
                kind,
                ConnectStage.AUTHENTICATION,
                "28P01",
                reason,
                predicate,
                List.of(
                        new Origin.OfSetting("user", Origin.Variable.of("DB_USER")),
                        new Origin.OfSetting("password", Origin.Variable.of("DB_PASSWORD"))),
                List.of("Check the password."),
                null);
    }

    private static ConnectionFailedException exception(ServerFailure leading, ServerFailure... all) {
        return new ConnectionFailedException("Cannot connect.", leading, List.of(all));
    }

    @Test
    void of_refusedPassword_isASentenceAndData() {
        String predicate = "refused the password of user 'app'";
        ServerFailure refused = server("db.internal", FailureKind.CREDENTIALS_REFUSED, "it " + predicate, predicate);

        Failure failure = Failure.of(exception(refused, refused));

        assertThat(Failure.json(failure))
                .containsEntry("kind", "credentials_refused")
                .containsEntry("transient", false)
                .containsEntry("server", "db.internal:5432")
                .containsEntry(
                        "sentence", "db.internal:5432 refused the password of user 'app' (DB_USER, DB_PASSWORD).")
                .containsEntry("setting", "DB_USER")
                .containsEntry(
                        "origin",
                        "From: user (environment variable DB_USER); password (environment variable DB_PASSWORD)")
                .containsEntry("fixes", List.of("Check the password."));
        assertThat(failure.outcome()).isEqualTo(Outcome.GIVE_UP);
    }

    @Test
    void of_severalServers_isTheFailureThatDecided() {
        ServerFailure down = server("one", FailureKind.REFUSED, "nothing listens on this port");
        ServerFailure untrusted = server("two", FailureKind.TLS_UNTRUSTED, "its certificate is not trusted");

        assertThat(Failure.of(exception(untrusted, down, untrusted)).server()).isEqualTo("two:5432");
        assertThat(Failure.of(exception(down, down, untrusted)).isTransient()).isTrue();
    }

    @Test
    void of_problemOfTheSettings_isAConfigurationFailure() {
        Failure failure = Failure.of(Problem.of(
                ProblemCode.INVALID_VALUE,
                "DB_SSLMODE",
                "DB_SSLMODE is 'yes', which is not an SSL mode.",
                List.of(Origin.Variable.of("DB_SSLMODE")),
                List.of("Use one of: disable, allow.")));

        assertThat(failure.outcome()).isEqualTo(Outcome.CONFIGURATION);
        assertThat(Failure.json(failure))
                .containsEntry("kind", "configuration")
                .containsEntry("server", null)
                .containsEntry("setting", "DB_SSLMODE")
                .containsEntry("variable", "DB_SSLMODE");
    }

    @Test
    void of_missingCredentials_canGoAwayOnItsOwn() {
        Failure failure = Failure.of(new CredentialsException("The file is empty.", "Write the password.", null));

        assertThat(failure.kind()).isEqualTo("credentials_unavailable");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.fixes()).containsExactly("Write the password.");
    }

    @Test
    void json_ofNoFailure_isNull() {
        assertThat(Failure.json(null)).isNull();
    }

    @Test
    void exitCodes_ofOutcomes_arePinned() {
        assertThat(Outcome.values())
                .extracting(outcome -> outcome.exitCode() + " " + outcome.value())
                .containsExactly(
                        "0 ok",
                        "64 usage",
                        "69 give_up",
                        "70 internal",
                        "75 retry",
                        "78 configuration",
                        "124 timed_out",
                        "130 interrupted");
    }
}
