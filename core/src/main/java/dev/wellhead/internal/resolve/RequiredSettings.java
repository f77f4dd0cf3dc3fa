package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.ApplicationName;
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

/** Checks settings that require another setting, and settings that conflict with another setting. */
final class RequiredSettings {

    private final DecisionState state;
    private final Problems problems;
    private final RankedValues values;

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
        withoutPassword();
        applicationName();
        tls();
        authenticationTokens();
    }

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
        String methods = values.get(Settings.REQUIRE_AUTH);
        if (methods != null && !allows(methods, "none")) {
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
        if (mode == null || mode.isAtLeast(SslMode.REQUIRE)) {
            return;
        }
        AuthenticationKind kind = values.get(Settings.AUTH);
        RawValue auth = values.winner(Settings.AUTH);
        boolean isDerived = auth != null && auth.origin().kind() == Origin.Kind.DERIVED;
        if (kind == AuthenticationKind.IAM || (kind == AuthenticationKind.CERTIFICATE && !isDerived)) {
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
        if (values.get(Settings.AUTH) != AuthenticationKind.IAM) {
            return;
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            rejectWithTokens(Settings.CHANNEL_BINDING);
        }
        String methods = values.get(Settings.REQUIRE_AUTH);
        if (methods != null && !allows(methods, "password")) {
            rejectWithTokens(Settings.REQUIRE_AUTH);
        }
    }

    private static boolean allows(String methods, String wanted) {
        boolean listsForbidden = methods.strip().startsWith("!");
        for (String method : methods.split(",", -1)) {
            if (method.strip().equals(listsForbidden ? "!" + wanted : wanted)) {
                return !listsForbidden;
            }
        }
        return listsForbidden;
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

    private void require(Setting<?> setting, Setting<?> other) {
        RawValue winner = values.winner(setting);
        if (winner != null) {
            String required = state.name().variable(other);
            problems.add(
                    ProblemCode.REQUIRES_SETTING,
                    winner,
                    winner.key() + " is set, but " + required + " is not.",
                    "Set " + required + ", or unset " + winner.key() + ".");
        }
    }

    private void requireTls(Setting<?> setting, SslMode mode) {
        RawValue winner = values.winner(setting);
        RawValue sslMode = values.winner(Settings.SSLMODE);
        if (winner != null && sslMode != null) {
            problems.add(
                    ProblemCode.SSL_MODE_TOO_WEAK,
                    winner,
                    sslMode,
                    winner.keyAndValue() + " and requires TLS, which SSL mode '" + mode + "' does not guarantee.",
                    "Set " + state.name().variable(Settings.SSLMODE) + " to require, verify-ca or verify-full.");
        }
    }
}
