package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.connect.driver.LoginRuleException;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains which rule a server broke before the session was ready, and what to do. The reasons contain no text of the
 * server.
 */
final class BrokenLoginRule {

    private final DatabaseSettings settings;

    BrokenLoginRule(DatabaseSettings settings) {
        this.settings = settings;
    }

    ServerFailure failure(FailedStep step, LoginRuleException broken) {
        String predicate = broken.predicate();
        return switch (broken.rule()) {
            case PROTOCOL ->
                step.as(
                        FailureKind.NOT_POSTGRESQL,
                        Reason.ofServer(predicate),
                        List.of("Check " + SettingReference.of(settings, Settings.HOST, "and", Settings.PORT)
                                + ", and every proxy between this machine and the server."),
                        Settings.HOST,
                        Settings.PORT);
            case APPLICATION_PROTOCOL ->
                step.as(
                        FailureKind.TLS_FAILED,
                        Reason.ofServer(predicate + ", which " + Settings.SSLNEGOTIATION.name() + " "
                                + SslNegotiation.DIRECT + " requires"),
                        List.of("Use PostgreSQL 17 or later, or set " + reference(Settings.SSLNEGOTIATION) + " to "
                                + SslNegotiation.POSTGRES + "."),
                        Settings.SSLNEGOTIATION);
            case PERMITTED_METHOD -> notPermitted(step, predicate, broken.method());
            case TOKEN ->
                step.as(
                        FailureKind.OTHER,
                        Reason.ofServer(
                                predicate + ", and " + settings.authentication().login()
                                        + " is sent only as a password in clear text, inside TLS, to a server that is verified"),
                        otherLogin(settings.authentication().serverAdvice()),
                        Settings.AUTH,
                        Settings.SSLMODE);
            case SUPPORTED_METHOD ->
                step.as(
                        FailureKind.OTHER,
                        Reason.ofServer(predicate),
                        List.of("Let the server use scram-sha-256 for this client (pg_hba.conf)."));
            case SERVER_PROOF, ITERATIONS ->
                step.as(
                        FailureKind.OTHER,
                        Reason.ofServer(predicate),
                        List.of("Check " + reference(Settings.HOST) + ": this is not how a PostgreSQL server behaves."),
                        Settings.HOST);
        };
    }

    private List<String> otherLogin(String serverAdvice) {
        String check = "Check that " + reference(Settings.HOST) + " is the right server.";
        return serverAdvice.isEmpty() ? List.of(check) : List.of(serverAdvice, check);
    }

    private ServerFailure notPermitted(FailedStep step, String predicate, String method) {
        @Nullable
        ResolvedSetting required = settings.explain(Settings.REQUIRE_AUTH).orElse(null);
        String permitted = required == null ? "" : required.value();
        String methods = reference(Settings.REQUIRE_AUTH);
        boolean derived = required != null && required.origin().kind() == Origin.Kind.DERIVED;
        String permit = "set " + methods + " to "
                + (permitted.startsWith("!") ? "a list that contains it" : permitted + "," + method) + ".";
        return step.as(
                FailureKind.OTHER,
                Reason.ofServer(predicate + ", and " + Settings.REQUIRE_AUTH.name() + " is " + permitted
                        + (derived ? " while the server is not verified" : "")),
                derived
                        ? List.of(
                                "Set " + reference(Settings.SSLROOTCERT)
                                        + " to the root certificate of the server, so that"
                                        + " the server is verified, or use scram-sha-256 on the server or pooler.",
                                "If a server that is not verified may use this method, " + permit)
                        : List.of("Use a permitted method on the server or pooler, or " + permit),
                Settings.REQUIRE_AUTH,
                Settings.SSLMODE);
    }

    private String reference(Setting<?> setting) {
        return SettingReference.of(settings, setting);
    }
}
