package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.sources.ApplicationName;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.LoginMethods;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.DriverKeys;
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
        driver();
        loginMethods();
        authentication();
        signedHost();
    }

    /** An authentication token is signed for the name of an endpoint. */
    private void signedHost() {
        String host = values.get(Settings.IAM_HOST);
        RawValue winner = values.winner(Settings.IAM_HOST);
        if (host == null || winner == null) {
            return;
        }
        if (HostNames.isLiteral(host)
                || HostSyntax.check(host, Settings.HOST, state.name().catalogue()) != null) {
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

    /** Rejects settings that are incompatible with the way to log in. */
    private void authentication() {
        Authentication authentication = state.authentication().selected();
        RawValue auth = values.winner(Settings.AUTH);
        if (auth == null || authentication.answer() == Authentication.Answer.PASSWORD) {
            return;
        }
        if (authentication.equals(Authentication.CERTIFICATE) && !values.isSet(Settings.SSLKEY)) {
            require(Settings.AUTH, Settings.SSLKEY);
        }
        String method = authentication.isWithoutPassword() ? "none" : "password";
        if (methods != null && !methods.permits(method)) {
            reject(Settings.REQUIRE_AUTH, auth, authentication);
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            reject(Settings.CHANNEL_BINDING, auth, authentication);
        }
    }

    private void reject(Setting<?> setting, RawValue auth, Authentication authentication) {
        RawValue winner = values.winner(setting);
        if (winner == null) {
            return;
        }
        if (authentication.isWithoutPassword()) {
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    winner,
                    auth,
                    winner.key() + " requires a login with a password, but " + auth.key() + " is '"
                            + authentication.word() + "'.",
                    "Unset " + winner.key() + ", or set a source of the password.");
        } else {
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    winner,
                    auth,
                    winner.key() + " does not allow the method that " + auth.key() + " '" + authentication.word()
                            + "' requires: the server requests " + authentication.login()
                            + " as method 'password', inside TLS.",
                    "Unset " + winner.key() + ".");
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

    /** The driver ignores properties that it does not have, so an older one would not do what is required. */
    private void driver() {
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            requireOfDriver(Settings.CHANNEL_BINDING, "channelBinding");
        }
        if (values.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT) {
            requireOfDriver(Settings.SSLNEGOTIATION, "sslNegotiation");
        }
    }

    private void requireOfDriver(Setting<?> setting, String property) {
        RawValue winner = values.winner(setting);
        if (winner != null && !DriverKeys.exists(property)) {
            problems.add(
                    ProblemCode.LIBRARY,
                    winner,
                    winner.keyAndValue()
                            + ", which needs a later version of the PostgreSQL JDBC driver: this one has no"
                            + " property '" + property + "'.",
                    "Raise the version of org.postgresql:postgresql (42.7.13 has it), or unset " + winner.key() + ".");
        }
    }

    private void tls() {
        SslMode mode = values.get(Settings.SSLMODE);
        if (mode == null) {
            return;
        }
        Authentication authentication = state.authentication().selected();
        RawValue auth = values.winner(Settings.AUTH);
        boolean isExplicit = auth != null && auth.origin().kind() != Origin.Kind.DERIVED;
        if (isExplicit && !mode.isAtLeast(authentication.minimumSslMode())) {
            requireTls(Settings.AUTH, mode, authentication.minimumSslMode());
        }
        if (mode.isAtLeast(SslMode.REQUIRE)) {
            return;
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

    /** Reports that {@code other} has to be set as well. */
    private void require(Setting<?> setting, Setting<?> other) {
        RawValue winner = values.winner(setting);
        if (winner != null && !problems.isMisspelt(other)) {
            String required = state.name().variable(other);
            problems.add(
                    ProblemCode.REQUIRES_SETTING,
                    winner,
                    winner.keyAndValue() + ", but " + required + " is not set.",
                    "Set " + required + ", or unset " + winner.key() + ".");
        }
    }

    private void requireTls(Setting<?> setting, SslMode mode) {
        requireTls(setting, mode, SslMode.REQUIRE);
    }

    private void requireTls(Setting<?> setting, SslMode mode, SslMode minimum) {
        boolean verified = minimum.isAtLeast(SslMode.VERIFY_CA);
        String modes = minimum == SslMode.VERIFY_FULL
                ? "verify-full"
                : verified ? "verify-full or verify-ca" : "require, verify-ca or verify-full";
        RawValue winner = values.winner(setting);
        RawValue sslMode = values.winner(Settings.SSLMODE);
        if (winner != null && sslMode != null) {
            problems.add(
                    ProblemCode.SSL_MODE_TOO_WEAK,
                    winner,
                    sslMode,
                    winner.keyAndValue() + " and requires " + (verified ? "a verified server" : "TLS")
                            + ", which SSL mode '" + mode + "' does not guarantee.",
                    "Set " + state.name().variable(Settings.SSLMODE) + " to " + modes + ".");
        }
    }
}
