package dev.wellhead.internal.connect.failure;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.connect.Attempt;
import dev.wellhead.internal.connect.Encryption;
import dev.wellhead.internal.connect.tls.ServerCertificateException;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what an attempt threw into a {@link Failure}: its class, the settings that led there, what to do. */
public final class Diagnosis {

    private final DatabaseSettings settings;
    private final Advice advice;
    private final String credentialsSource;

    public Diagnosis(DatabaseSettings settings, String credentialsSource) {
        this.settings = settings;
        this.advice = new Advice(settings);
        this.credentialsSource = credentialsSource;
    }

    public Failure of(Attempt attempt, String user, Exception first) {
        Exception thrown = attempt.encryption() == Encryption.IF_OFFERED ? decisive(first) : first;
        HostAndPort server = attempt.server();
        if (attempt.hasTimedOut()) {
            return timedOut(attempt, thrown);
        }
        NotPostgresqlException stranger = find(thrown, NotPostgresqlException.class);
        if (stranger != null) {
            return notPostgresql(server, stranger.protocol(), thrown);
        }
        if (attempt.wasTlsDeclined() && attempt.encryption() == Encryption.ALWAYS) {
            return new Failure(
                    FailureKind.TLS_NOT_SUPPORTED,
                    server,
                    state(thrown),
                    "it has no TLS, and the SSL mode is " + settings.sslMode(),
                    advice.origin(Settings.SSLMODE),
                    advice.noTls(),
                    thrown);
        }
        ServerErrorMessage answer = answer(thrown);
        if (answer != null) {
            return new ServerAnswer(settings, advice, credentialsOrigin())
                    .diagnose(attempt, user, answer, state(thrown), thrown);
        }
        if (attempt.isTlsStarted() || find(thrown, TlsMaterialException.class) != null) {
            Failure tls = tls(server, thrown);
            if (tls != null) {
                return tls;
            }
        }
        if (attempt.wasPasswordEmpty()) {
            return new Failure(
                    FailureKind.CREDENTIALS_REFUSED,
                    server,
                    state(thrown),
                    "it asks for the password of user '" + user + "', and that is empty",
                    credentialsOrigin(),
                    List.of("Give the user a password there."),
                    thrown);
        }
        IOException broken = find(thrown, IOException.class);
        if (broken != null) {
            return network(server, broken, thrown);
        }
        if (thrown instanceof SQLException refused && !"08P01".equals(refused.getSQLState())) {
            return new Failure(
                    FailureKind.OTHER,
                    server,
                    state(thrown),
                    "the driver broke the login off: " + clause(refused.getMessage()),
                    advice.origin(Settings.REQUIRE_AUTH, Settings.CHANNEL_BINDING),
                    List.of(),
                    thrown);
        }
        // a protocol violation, or the driver stumbled over what it was sent
        return notPostgresql(server, "", thrown);
    }

    /**
     * Where TLS is preferred and pg_hba.conf refused it, the driver tries without and keeps that second answer as
     * suppressed; once the second try got as far as the password, its answer is the one that counts.
     */
    private static Exception decisive(Exception first) {
        for (Throwable suppressed : first.getSuppressed()) {
            if (suppressed instanceof PSQLException second
                    && answer(second) != null
                    && !"28000".equals(second.getSQLState())) {
                return second;
            }
        }
        return first;
    }

    private Failure timedOut(Attempt attempt, Exception thrown) {
        String within = " within " + millis(attempt.deadline().allowed());
        String what;
        String fix;
        if (!attempt.isConnected()) {
            what = "the address does not answer" + within;
            fix = advice.unreachable();
        } else if (!attempt.wasHeard()) {
            what = "it accepts the connection and then says nothing" + within;
            fix = advice.silent();
        } else {
            what = "it does not finish the login" + within;
            fix = advice.slow();
        }
        return timedOut(attempt.server(), what, fix, thrown);
    }

    private Failure timedOut(HostAndPort server, String what, String fix, @Nullable Exception thrown) {
        return new Failure(
                FailureKind.TIMED_OUT,
                server,
                Failure.UNABLE_TO_CONNECT,
                what,
                advice.serverOrigin(server),
                List.of(fix),
                thrown);
    }

    private Failure notPostgresql(HostAndPort server, String protocol, Exception thrown) {
        return new Failure(
                FailureKind.NOT_POSTGRESQL,
                server,
                state(thrown),
                protocol.isEmpty()
                        ? "what answers there does not speak PostgreSQL's protocol"
                        : "what answers there speaks " + protocol + ", not PostgreSQL's protocol",
                advice.serverOrigin(server),
                List.of(advice.check(Settings.HOST, Settings.PORT)),
                thrown);
    }

    private @Nullable Failure tls(HostAndPort server, Exception thrown) {
        ServerCertificateException certificate = find(thrown, ServerCertificateException.class);
        if (certificate != null) {
            String what = String.valueOf(certificate.getMessage());
            return new Failure(
                    certificate.kind(),
                    server,
                    state(thrown),
                    certificate.kind() == FailureKind.TLS_WRONG_HOST_NAME
                            ? what + ", not for '" + server.host() + "'"
                            : what,
                    certificate.kind() == FailureKind.TLS_WRONG_HOST_NAME
                            ? advice.origin(Settings.HOST, Settings.SSLMODE)
                            : advice.origin(Settings.SSLMODE, Settings.SSLROOTCERT),
                    advice.certificate(certificate.kind()),
                    thrown);
        }
        TlsMaterialException material = find(thrown, TlsMaterialException.class);
        if (material != null) {
            return new Failure(
                    FailureKind.TLS_FAILED,
                    server,
                    state(thrown),
                    clause(material.getMessage()),
                    advice.origin(material.setting()),
                    List.of("Check " + advice.variable(material.setting()) + "."),
                    thrown);
        }
        SSLException failed = find(thrown, SSLException.class);
        if (failed == null) {
            return null;
        }
        return new Failure(
                FailureKind.TLS_FAILED,
                server,
                state(thrown),
                "TLS failed: " + clause(failed.getMessage()),
                advice.origin(Settings.SSLMODE, Settings.SSLCERT, Settings.SSLNEGOTIATION),
                List.of(),
                thrown);
    }

    private Failure network(HostAndPort server, IOException broken, Exception thrown) {
        String message = String.valueOf(broken.getMessage());
        if (broken instanceof ConnectException && !message.contains("timed out")) {
            return new Failure(
                    FailureKind.REFUSED,
                    server,
                    state(thrown),
                    "nothing listens there",
                    advice.serverOrigin(server),
                    advice.refused(server),
                    thrown);
        }
        if (broken instanceof ConnectException) {
            return timedOut(server, "the address does not answer", advice.unreachable(), thrown);
        }
        return new Failure(
                FailureKind.NETWORK,
                server,
                state(thrown),
                broken instanceof EOFException
                        ? "it closed the connection before the login was through"
                        : "the connection broke off: " + clause(message),
                advice.serverOrigin(server),
                List.of("Check the server's log, and what is between here and there."),
                thrown);
    }

    public Failure unresolved(HostAndPort server, Exception thrown) {
        return new Failure(
                FailureKind.NAME_NOT_RESOLVED,
                server,
                Failure.UNABLE_TO_CONNECT,
                "the host name does not resolve",
                advice.origin(Settings.HOST),
                advice.unresolved(server.host()),
                thrown);
    }

    public Failure unresolvedInTime(HostAndPort server, Duration allowed, @Nullable Exception thrown) {
        return timedOut(
                server,
                "the host name does not resolve within " + millis(allowed),
                "Check that the DNS servers of this machine answer.",
                thrown);
    }

    public Failure noTimeLeft(HostAndPort server) {
        return timedOut(server, "no time was left to try it", advice.slow(), null);
    }

    public Failure interrupted(HostAndPort server, InterruptedException thrown) {
        return new Failure(
                FailureKind.OTHER,
                server,
                Failure.UNABLE_TO_CONNECT,
                "the connect was interrupted",
                List.of(),
                List.of(),
                thrown);
    }

    public Failure noCredentials(HostAndPort server, CredentialsException thrown) {
        return new Failure(
                FailureKind.CREDENTIALS_UNAVAILABLE,
                server,
                Failure.UNABLE_TO_CONNECT,
                "there are no credentials to try",
                credentialsOrigin(),
                List.of(String.valueOf(thrown.getMessage())),
                thrown);
    }

    public Failure wrongRole(HostAndPort server, String is) {
        return new Failure(
                FailureKind.WRONG_SERVER_ROLE,
                server,
                Failure.UNABLE_TO_CONNECT,
                "it " + is + ", and targetServerType is " + settings.get(Settings.TARGET_SERVER_TYPE),
                advice.origin(Settings.TARGET_SERVER_TYPE),
                List.of("List the server that has the role in " + advice.variable(Settings.HOST) + ", or change "
                        + advice.variable(Settings.TARGET_SERVER_TYPE) + "."),
                null);
    }

    private static @Nullable ServerErrorMessage answer(Exception thrown) {
        return thrown instanceof PSQLException answered ? answered.getServerErrorMessage() : null;
    }

    private static String state(Exception thrown) {
        String state = thrown instanceof SQLException sql ? sql.getSQLState() : null;
        return state == null ? Failure.UNABLE_TO_CONNECT : state;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** A sentence as the rest of another one. */
    public static String clause(@Nullable String sentence) {
        String text = sentence == null ? "no reason given" : sentence.strip();
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** A password that is set came from a spot that can be named; every other source says what it is. */
    private List<Origin> credentialsOrigin() {
        return settings.credentialsSource() instanceof CredentialsSource.Fixed
                ? advice.origin(Settings.USER, Settings.PASSWORD)
                : List.of(new Origin.SecretField(credentialsSource, ""));
    }
}
