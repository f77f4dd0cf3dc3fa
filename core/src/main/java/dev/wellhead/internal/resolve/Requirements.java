package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.ApplicationName;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.AuthenticationKind;
import dev.wellhead.settings.ChannelBinding;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.tls.SslMode;
import java.nio.file.Path;

/** Settings that need another one. */
public final class Requirements {

    private final Values values;
    private final DatabaseName name;
    private final Problems problems;

    public Requirements(Values values, DatabaseName name, Problems problems) {
        this.values = values;
        this.name = name;
        this.problems = problems;
    }

    public void check() {
        readerPort();
        clientCertificate();
        applicationName();
        tls();
        tokens();
    }

    private void readerPort() {
        if (values.isConfigured(Settings.READER_PORT) && !values.isSet(Settings.READER_HOST)) {
            needs(Settings.READER_PORT, name.variable(Settings.READER_HOST));
        }
    }

    private void clientCertificate() {
        boolean certificate = values.isSet(Settings.SSLCERT);
        Path key = values.get(Settings.SSLKEY);
        if (certificate && !values.isSet(Settings.SSLKEY)) {
            needs(Settings.SSLCERT, name.variable(Settings.SSLKEY));
        }
        if (!certificate && key != null && !holdsCertificate(key.toString())) {
            needs(Settings.SSLKEY, name.variable(Settings.SSLCERT));
        }
        if (values.isSet(Settings.SSLPASSWORD) && !values.isSet(Settings.SSLKEY)) {
            needs(Settings.SSLPASSWORD, name.variable(Settings.SSLKEY));
        }
    }

    /** PKCS#12 has key and certificate in one file. */
    private static boolean holdsCertificate(String file) {
        return file.endsWith(".p12") || file.endsWith(".pfx");
    }

    private void applicationName() {
        String text = values.get(Settings.APPLICATION_NAME);
        RawValue winner = values.winner(Settings.APPLICATION_NAME);
        if (text != null && winner != null && ApplicationName.bytes(text) > ApplicationName.LONGEST_BYTES) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    winner,
                    winner.key() + " is longer than 63 bytes, where the server cuts it off.",
                    "Use a shorter name.");
        }
    }

    private void tls() {
        SslMode mode = values.get(Settings.SSLMODE);
        if (mode == null || mode.isAtLeast(SslMode.REQUIRE)) {
            return;
        }
        if (values.get(Settings.AUTH) == AuthenticationKind.IAM) {
            needsTls(Settings.AUTH, mode);
        }
        if (values.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT) {
            needsTls(Settings.SSLNEGOTIATION, mode);
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            needsTls(Settings.CHANNEL_BINDING, mode);
        }
        if (mode == SslMode.DISABLE && values.isSet(Settings.SSLCERT)) {
            needsTls(Settings.SSLCERT, mode);
        }
    }

    /** The server asks for a token as for a password in clear text, inside TLS: SCRAM has no part in it. */
    private void tokens() {
        if (values.get(Settings.AUTH) != AuthenticationKind.IAM) {
            return;
        }
        if (values.get(Settings.CHANNEL_BINDING) == ChannelBinding.REQUIRE) {
            contradictsTokens(Settings.CHANNEL_BINDING);
        }
        String methods = values.get(Settings.REQUIRE_AUTH);
        if (methods != null && !admitsPasswords(methods)) {
            contradictsTokens(Settings.REQUIRE_AUTH);
        }
    }

    private static boolean admitsPasswords(String methods) {
        boolean isListOfForbidden = methods.strip().startsWith("!");
        for (String method : methods.split(",", -1)) {
            if (method.strip().equals(isListOfForbidden ? "!password" : "password")) {
                return !isListOfForbidden;
            }
        }
        return isListOfForbidden;
    }

    private void contradictsTokens(Setting<?> setting) {
        RawValue winner = values.winner(setting);
        RawValue auth = values.winner(Settings.AUTH);
        if (winner != null && auth != null) {
            String key = winner.key();
            problems.add(
                    ProblemCode.CONFLICTING_VALUES,
                    winner,
                    auth,
                    key + " rules out what " + auth.key()
                            + " 'iam' needs: the server takes the token as method 'password', inside TLS.",
                    "Unset " + key + ".");
        }
    }

    private void needs(Setting<?> setting, String other) {
        RawValue winner = values.winner(setting);
        if (winner != null) {
            String key = winner.key();
            problems.add(
                    ProblemCode.REQUIRES_SETTING,
                    winner,
                    key + " is set and " + other + " is not.",
                    "Set " + other + ", or unset " + key + ".");
        }
    }

    private void needsTls(Setting<?> setting, SslMode mode) {
        RawValue winner = values.winner(setting);
        RawValue from = values.winner(Settings.SSLMODE);
        if (winner != null && from != null) {
            problems.add(
                    ProblemCode.SSL_MODE_TOO_WEAK,
                    winner,
                    from,
                    winner.keyAndValue() + " and needs TLS; SSL mode '"
                            + mode.value() + "' does not ensure it.",
                    "Set " + name.variable(Settings.SSLMODE) + " to require, verify-ca or verify-full.");
        }
    }
}
