package dev.wellhead.internal.connect.failure;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.connect.driver.ConnectAttempt;
import dev.wellhead.internal.connect.driver.LoginRuleException;
import dev.wellhead.internal.connect.driver.NotPostgresqlException;
import dev.wellhead.internal.connect.driver.TlsNegotiation;
import dev.wellhead.internal.connect.tls.PresentedCertificate;
import dev.wellhead.internal.connect.tls.ServerCertificateException;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.internal.libraries.SupportedLibraries;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.PasswordDoubt;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Classifies the failures to connect to the servers of one database. Thread-safe. */
public final class Diagnosis {

    /** SQLSTATE 08P01: protocol violation. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    private final DatabaseSettings settings;
    private final Advice advice;
    private final ServerAnswer answers;
    private final String credentialsSource;

    /** @param credentialsSource the description of the credentials provider */
    public Diagnosis(DatabaseSettings settings, String credentialsSource) {
        this.settings = settings;
        this.advice = new Advice(settings);
        this.answers = new ServerAnswer(settings, advice, credentialsSource);
        this.credentialsSource = credentialsSource;
    }

    /**
     * {@return the failure of an attempt} The order of the checks matters: what was observed during the attempt is more
     * reliable than what the driver threw, because the driver wraps and replaces exceptions.
     *
     * @param user the role that the attempt logged in as
     * @param echoed recognises the password in the messages of {@code first}
     */
    public ServerFailure of(ConnectAttempt attempt, String user, Exception first, EchoedPassword echoed) {
        Exception thrown = attempt.negotiation() == TlsNegotiation.OPTIONAL ? decisive(first) : first;
        FailedStep step = new FailedStep(settings, attempt.server(), attempt.stage(), thrown, echoed.isIn(thrown));
        if (attempt.hasTimedOut()) {
            return timedOut(step, attempt);
        }
        NotPostgresqlException otherProtocol = find(thrown, NotPostgresqlException.class);
        if (otherProtocol != null) {
            return notPostgresql(step, otherProtocol.protocol());
        }
        LoginRuleException broken = find(thrown, LoginRuleException.class);
        if (broken != null) {
            return new BrokenLoginRule(settings).failure(step, broken);
        }
        if (attempt.wasTlsDeclined() && attempt.negotiation() == TlsNegotiation.REQUIRED) {
            return step.as(
                    FailureKind.TLS_NOT_SUPPORTED,
                    Reason.ofServer("does not support TLS, and sslmode is '" + settings.sslMode() + "'"),
                    advice.noTls(),
                    Settings.SSLMODE);
        }
        ServerErrorMessage answer = DriverRules.answer(thrown);
        PresentedCertificate presented = attempt.presentedCertificate();
        ClientCertificateAdvice certificate =
                presented == null ? null : new ClientCertificateAdvice(settings, presented);
        if (answer != null) {
            return answers.classify(step, answer, user, attempt.isTlsStarted(), certificate);
        }
        if (certificate != null && !attempt.wasPasswordRequested()) {
            boolean isBroken = find(thrown, IOException.class) != null;
            ServerFailure refused = certificate.refusal(step, thrown, isBroken && !attempt.isCertificateAccepted());
            if (refused != null) {
                return refused;
            }
        }
        RuntimeException defect = ClientDefect.in(thrown);
        if (defect != null) {
            return step.as(
                    FailureKind.OTHER,
                    "an internal error stopped the login: " + defect.getClass().getName(),
                    List.of("This is a defect of the client, not of the server. Report it with its stack trace."));
        }
        if (attempt.negotiation() == TlsNegotiation.DIRECT && attempt.isConnected() && !attempt.hasServerAnswered()) {
            // Before version 17, the server expects a message of its own protocol and closes the connection.
            return step.as(
                    FailureKind.TLS_FAILED,
                    Reason.ofServer(
                            "closed the connection when TLS began without a request, which needs PostgreSQL 17 or later"),
                    advice.directTls(),
                    Settings.SSLNEGOTIATION);
        }
        ServerFailure tls = tls(step, thrown, attempt.isTlsStarted());
        if (tls != null) {
            return tls;
        }
        if (attempt.wasPasswordEmpty() && settings.credentialsSource() instanceof CredentialsSource.NoPassword none) {
            return step.asCredentials(
                    FailureKind.CREDENTIALS_REFUSED,
                    Reason.ofServer("requested the password of user '" + SafeText.of(user) + "', but auth is '"
                            + none.authentication().word()
                            + "', so there is none"),
                    advice.passwordRequested(none.authentication()),
                    credentialsSource);
        }
        if (attempt.wasPasswordEmpty()) {
            return step.asCredentials(
                    FailureKind.CREDENTIALS_REFUSED,
                    Reason.ofServer("requested the password of user '" + SafeText.of(user) + "', which is empty"),
                    advice.setPassword(),
                    credentialsSource);
        }
        IOException failed = find(thrown, IOException.class);
        if (failed != null) {
            return network(step, failed);
        }
        if (thrown instanceof SQLException refused && !PROTOCOL_VIOLATION.equals(refused.getSQLState())) {
            return step.as(
                    FailureKind.OTHER,
                    "the driver rejected the login: " + step.clause(refused.getMessage()),
                    List.of(),
                    Settings.REQUIRE_AUTH,
                    Settings.CHANNEL_BINDING);
        }
        // the driver could not parse the answer
        return notPostgresql(step, "");
    }

    /** {@return the failure of an attempt that ended with an error in the code of the driver} */
    public ServerFailure driverFailed(ConnectAttempt attempt, Error broken) {
        SQLException thrown = new SQLException("The driver failed.", "08001", broken);
        List<String> fixes = new ArrayList<>(0);
        if (broken instanceof LinkageError) {
            for (Problem problem : SupportedLibraries.CORE.problems()) {
                fixes.add(problem.message() + " " + String.join(" ", problem.fixes()));
            }
        }
        return step(attempt.server(), attempt.stage(), thrown)
                .as(
                        FailureKind.OTHER,
                        "the driver failed to process its answer: "
                                + broken.getClass().getSimpleName(),
                        fixes);
    }

    /**
     * If TLS is optional and pg_hba.conf refuses the login over TLS, the driver tries again without TLS and keeps the
     * second answer as a suppressed exception. If pg_hba.conf permits the second login, its answer is the one to
     * report.
     */
    private static Exception decisive(Exception first) {
        for (Throwable suppressed : first.getSuppressed()) {
            if (suppressed instanceof PSQLException second
                    && DriverRules.answer(second) != null
                    && !"28000".equals(second.getSQLState())) {
                return second;
            }
        }
        return first;
    }

    private ServerFailure timedOut(FailedStep step, ConnectAttempt attempt) {
        String within = within(attempt.exceededLimit());
        if (!attempt.isConnected()) {
            return timedOut(step, Reason.of("the address does not answer" + within), advice.unreachable());
        }
        if (!attempt.hasServerAnswered()) {
            return timedOut(
                    step, Reason.ofServer("accepted the connection but sent nothing" + within), advice.silent());
        }
        return timedOut(step, Reason.ofServer("did not complete the login" + within), advice.slow());
    }

    private static ServerFailure timedOut(FailedStep step, Reason reason, List<String> fixes) {
        return step.as(FailureKind.TIMED_OUT, reason, fixes, Settings.HOST, Settings.PORT);
    }

    private static String within(Duration allowed) {
        return " within " + allowed.toMillis() + " ms";
    }

    private ServerFailure notPostgresql(FailedStep step, String protocol) {
        return step.as(
                FailureKind.NOT_POSTGRESQL,
                protocol.isEmpty()
                        ? "the answer is not PostgreSQL's protocol"
                        : "the answer is " + protocol + ", not PostgreSQL's protocol",
                advice.notPostgresql(),
                Settings.HOST,
                Settings.PORT);
    }

    private @Nullable ServerFailure tls(FailedStep step, Exception thrown, boolean started) {
        TlsMaterialException material = find(thrown, TlsMaterialException.class);
        if (material != null) {
            return step.as(
                    FailureKind.TLS_FAILED,
                    Clause.of(material.getMessage()),
                    materialFix(material),
                    material.settings().toArray(new Setting<?>[0]));
        }
        SSLException failed = started ? find(thrown, SSLException.class) : null;
        if (failed == null) {
            return null;
        }
        ServerCertificateException certificate = find(failed, ServerCertificateException.class);
        if (certificate == null) {
            return step.as(
                    FailureKind.TLS_FAILED,
                    "TLS failed: " + Clause.of(failed.getMessage()),
                    List.of(),
                    Settings.SSLMODE,
                    Settings.SSLCERT,
                    Settings.SSLNEGOTIATION);
        }
        FailureKind kind = certificate.kind();
        String fix = certificate.fix();
        List<String> fixes = fix == null ? advice.certificate(kind) : List.of(fix);
        return switch (kind) {
            case TLS_WRONG_HOST_NAME -> step.as(kind, certificate.reason(), fixes, Settings.HOST, Settings.SSLMODE);
            case TLS_REVOKED -> step.as(kind, certificate.reason(), fixes, Settings.SSLCRL, Settings.SSLCRLDIR);
            default -> step.as(kind, certificate.reason(), fixes, Settings.SSLMODE, Settings.SSLROOTCERT);
        };
    }

    private ServerFailure network(FailedStep step, IOException broken) {
        String message = String.valueOf(broken.getMessage());
        if (broken instanceof ConnectException) {
            // the JDK has no other sign for the time limit of the operating system
            return message.contains("timed out")
                    ? timedOut(step, Reason.of("the address does not answer"), advice.unreachable())
                    : step.as(
                            FailureKind.REFUSED,
                            "nothing listens on this port",
                            advice.nothingListens(),
                            Settings.HOST,
                            Settings.PORT);
        }
        return step.as(
                FailureKind.NETWORK,
                broken instanceof EOFException
                        ? Reason.ofServer("closed the connection during the login")
                        : Reason.of("the connection failed: " + step.clause(message)),
                List.of(
                        "Check the server's log, and every proxy and load balancer between this machine and the server."),
                Settings.HOST,
                Settings.PORT);
    }

    public ServerFailure unresolved(HostAndPort server, Exception thrown) {
        return step(server, ConnectStage.NAME_RESOLUTION, thrown)
                .as(
                        FailureKind.NAME_NOT_RESOLVED,
                        "the host name does not resolve",
                        advice.unresolved(server.host()),
                        Settings.HOST);
    }

    public ServerFailure unresolvedInTime(HostAndPort server, Duration allowed, Exception thrown) {
        return timedOut(
                step(server, ConnectStage.NAME_RESOLUTION, thrown),
                Reason.of("the host name does not resolve" + within(allowed)),
                List.of("Check that the DNS servers of this machine answer."));
    }

    public ServerFailure noTimeLeft(HostAndPort server) {
        return timedOut(
                step(server, ConnectStage.NAME_RESOLUTION, null),
                Reason.ofServer("was not tried because the time was up"),
                advice.slow());
    }

    public ServerFailure interrupted(HostAndPort server, InterruptedException thrown) {
        return step(server, ConnectStage.NAME_RESOLUTION, thrown)
                .as(FailureKind.OTHER, "the connection attempt was interrupted", List.of());
    }

    /** {@return the failure of the source of the credentials, whose reason is the problem of that source} */
    public ServerFailure noCredentials(HostAndPort server, CredentialsException thrown) {
        String problem = thrown.problem();
        return step(server, ConnectStage.CREDENTIALS, thrown)
                .asCredentials(
                        FailureKind.CREDENTIALS_UNAVAILABLE,
                        Reason.of(problem.endsWith(".") ? problem.substring(0, problem.length() - 1) : problem),
                        thrown.fix().isEmpty() ? List.of() : List.of(thrown.fix()),
                        credentialsSource);
    }

    /**
     * {@return the failure of a server that does not have the role of {@code targetServerType}}
     *
     * @param actual the role it has, such as {@code is a standby}
     */
    public ServerFailure wrongRole(HostAndPort server, String actual) {
        return step(server, ConnectStage.SESSION, null)
                .as(
                        FailureKind.WRONG_SERVER_ROLE,
                        Reason.ofServer(
                                actual + ", and targetServerType is " + settings.get(Settings.TARGET_SERVER_TYPE)),
                        advice.wrongRole(),
                        Settings.TARGET_SERVER_TYPE);
    }

    /**
     * {@return the failure of a standby that a reader does not use because of its lag}
     *
     * @param lag such as {@code is 42000 ms behind its primary}
     */
    public ServerFailure lagging(HostAndPort server, String lag, Duration limit) {
        return step(server, ConnectStage.SESSION, null)
                .as(
                        FailureKind.WRONG_SERVER_ROLE,
                        Reason.ofServer(lag + ", and readerMaxLag is " + limit.toMillis() + " ms"),
                        advice.lagging(),
                        Settings.READER_MAX_LAG);
    }

    /** {@return two sentences about a refused password that is probably not the one that was meant; null if there are none} */
    public @Nullable String doubt(String password) {
        PasswordDoubt doubt = PasswordDoubt.of(password);
        boolean isConfigured = settings.credentialsSource() instanceof CredentialsSource.Fixed;
        if (doubt == null || (doubt == PasswordDoubt.TOKEN && !isConfigured)) {
            return null;
        }
        ResolvedSetting setting =
                isConfigured ? settings.explain(Settings.PASSWORD).orElse(null) : null;
        return doubt.sentence(
                setting == null
                        ? "The password"
                        : "The value of " + setting.origin().key().orElse(setting.name()),
                settings::variable);
    }

    private FailedStep step(HostAndPort server, ConnectStage reached, @Nullable Exception thrown) {
        return new FailedStep(settings, server, reached, thrown, false);
    }

    private List<String> materialFix(TlsMaterialException material) {
        String fix = material.fix();
        return fix.isEmpty() ? advice.correct(material.settings().get(0)) : List.of(fix);
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
