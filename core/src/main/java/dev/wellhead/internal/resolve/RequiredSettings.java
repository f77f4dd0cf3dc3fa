package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.ApplicationName;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.LoginMethods;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.AuthenticationKind;
import dev.wellhead.settings.ChannelBinding;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import org.jspecify.annotations.Nullable;

/** Checks settings that require another setting, and settings that conflict with another setting. */
final class RequiredSettings {

    private final DecisionState state;
    private final Problems problems;
    private final RankedValues values;
    private @Nullable LoginMethods methods;

    RequiredSettings(DecisionState state) {
        this.state = state;
        this.problems = state.problems();
        this.values = state.values();
    }

    void check() {
        if (values.isConfigured(Settings.READER_PORT) && !values.isSet(Settings.READER_HOST)) {
            require(Settings.READER_PORT, Settings.READER_HOST);
        }
        clientCertificate();
        applicationName();
        tls();
        loginMethods();
        withoutPassword();
        authenticationTokens();
        signedHost();
    }

    /** An authentication token is signed for the name of an endpoint. */
    private void signedHost() {
        String host = values.get(Settings.IAM_HOST);
        RawValue winner = values.winner(Settings.IAM_HOST);
        if (host == null || winner == null) {
            return;
        }
        if (HostNames.isLiteral(host) || HostSyntax.check(host, Settings.HOST) != null) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.key() + " is not the name of an RDS endpoint.",
                    "Write only the host name, as in ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com. The port is "
                            + state.name().variable(Settings.IAM_PORT) + ".");
        }
    }

    private void loginMethods() {
        String text = values.get(Settings.REQUIRE_AUTH);
        RawValue winner = values.winner(Settings.REQUIRE_AUTH);
        if (text != null && winner != null) {
            try {
                methods = LoginMethods.parse(text);
            } catch (InvalidValueException e) {
                problems.add(ProblemCode.INVALID_VALUE, winner, winner.key() + " " + e.getMessage() + ".", e.fixes());
            }
        }
    }

    /** A client certificate and its key need each other, unless one file contains both. */
    private void clientCertificate() {
        boolean certificate = values.isSet(Settings.SSLCERT);
        boolean key = values.isSet(Settings.SSLKEY);
        FileOrPem keySource = values.get(Settings.SSLKEY);
        if (certificate && !key) {
            require(Settings.SSLCERT, Settings.SSLKEY);
        }
        if (!certificate && keySource != null && !ClientKeyFile.mayContainCertificate(keySource)) {
            require(Settings.SSLKEY, Settings.SSLCERT);
        }
        if (values.isSet(Settings.SSLPASSWORD) && !key && !values.isSet(Settings.SSLROOTCERT)) {
            require(Settings.SSLPASSWORD, Settings.SSLKEY);
        }
        RawValue winner = values.winner(Settings.SSLKEY);
        if (keySource != null && winner != null) {
            ClientKeyFile.warning(winner, keySource).ifPresent(state.warnings()::add);
        }
    }

    /** Rejects settings that are incompatible with a login without a password. */
    private void withoutPassword() {
        AuthenticationKind kind = values.get(Settings.AUTH);
        RawValue auth = values.winner(Settings.AUTH);
        if (kind == null || auth == null || !kind.isWithoutPassword()) {
            return;
        }
        if (kind == AuthenticationKind.CERTIFICATE && !values.isSet(Settings.SSLKEY)) {
            require(Settings.AUTH, Settings.SSLKEY);
        }
        if (methods != null && !methods.permits("none")) {
            rejectWithoutPassword(Settings.REQUIRE_AUTH, auth);
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            rejectWithoutPassword(Settings.CHANNEL_BINDING, auth);
        }
    }

    private void rejectWithoutPassword(Setting<?> setting, RawValue auth) {
        RawValue winner = values.winner(setting);
        if (winner != null) {
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    winner,
                    auth,
                    winner.key() + " requires a login with a password, but " + auth.key() + " is '"
                            + auth.text().reveal() + "'.",
                    "Unset " + winner.key() + ", or set a source of the password.");
        }
    }

    /**
     * PostgreSQL truncates the name to NAMEDATALEN - 1 bytes, without a message. Source: PostgreSQL documentation,
     * "application_name".
     */
    private void applicationName() {
        String text = values.get(Settings.APPLICATION_NAME);
        RawValue winner = values.winner(Settings.APPLICATION_NAME);
        if (text != null && winner != null && ApplicationName.bytes(text) > ApplicationName.LONGEST_BYTES) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.key() + " is longer than 63 bytes, so the server would cut it off.",
                    "Use a shorter name.");
        }
    }

    private void tls() {
        SslMode mode = values.get(Settings.SSLMODE);
        if (mode != null && !mode.isAtLeast(SslMode.VERIFY_CA) && usesTokens()) {
            requireTls(Settings.AUTH, mode, "a verified server", "verify-full or verify-ca");
        }
        if (mode == null || mode.isAtLeast(SslMode.REQUIRE)) {
            return;
        }
        RawValue auth = values.winner(Settings.AUTH);
        boolean isExplicit = auth != null && auth.origin().kind() != Origin.Kind.DERIVED;
        if (values.get(Settings.AUTH) == AuthenticationKind.CERTIFICATE && isExplicit) {
            requireTls(Settings.AUTH, mode);
        }
        if (values.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT) {
            requireTls(Settings.SSLNEGOTIATION, mode);
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            requireTls(Settings.CHANNEL_BINDING, mode);
        }
        if (mode == SslMode.DISABLE && values.isSet(Settings.SSLCERT)) {
            requireTls(Settings.SSLCERT, mode);
        }
    }

    /**
     * Rejects settings that are incompatible with authentication tokens. The server requests a token as a clear-text
     * password inside TLS, and does not use SCRAM.
     */
    private void authenticationTokens() {
        if (!usesTokens()) {
            return;
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            rejectWithTokens(Settings.CHANNEL_BINDING);
        }
        if (methods != null && !methods.permits("password")) {
            rejectWithTokens(Settings.REQUIRE_AUTH);
        }
    }

    private boolean usesTokens() {
        return values.get(Settings.AUTH) == AuthenticationKind.IAM;
    }

    private void rejectWithTokens(Setting<?> setting) {
        RawValue winner = values.winner(setting);
        RawValue auth = values.winner(Settings.AUTH);
        if (winner != null && auth != null) {
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    winner,
                    auth,
                    winner.key() + " does not allow the method that " + auth.key()
                            + " 'iam' requires: the server requests the token as method 'password', inside TLS.",
                    "Unset " + winner.key() + ".");
        }
    }

    /** Reports that {@code other} has to be set as well. */
    private void require(Setting<?> setting, Setting<?> other) {
        RawValue winner = values.winner(setting);
        if (winner != null) {
            String required = state.name().variable(other);
            problems.add(
                    ProblemCode.REQUIRES_SETTING,
                    winner,
                    winner.keyAndValue() + ", but " + required + " is not set.",
                    "Set " + required + ", or unset " + winner.key() + ".");
        }
    }

    private void requireTls(Setting<?> setting, SslMode mode) {
        requireTls(setting, mode, "TLS", "require, verify-ca or verify-full");
    }

    private void requireTls(Setting<?> setting, SslMode mode, String what, String modes) {
        RawValue winner = values.winner(setting);
        RawValue sslMode = values.winner(Settings.SSLMODE);
        if (winner != null && sslMode != null) {
            problems.add(
                    ProblemCode.SSL_MODE_TOO_WEAK,
                    winner,
                    sslMode,
                    winner.keyAndValue() + " and requires " + what + ", which SSL mode '" + mode
                            + "' does not guarantee.",
                    "Set " + state.name().variable(Settings.SSLMODE) + " to " + modes + ".");
        }
    }
}
