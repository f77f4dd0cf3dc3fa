package dev.wellhead.cli.doctor;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.SslMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages from {@code dns} to {@code authentication} for one server: one connection attempt, whose recorded
 * steps give the result of each stage.
 */
final class ServerChecks {

    private final Inspection inspection;
    private final DatabaseSettings settings;
    private final HostAndPort server;
    private final Clock clock;
    private final Predicate<HostAndPort> channelBindingWorks;
    private final StageListener listener;
    private final ConnectRecorder recorder = new ConnectRecorder();
    /** The stages whose success is reported already. */
    private final Set<DoctorStage> reported = EnumSet.noneOf(DoctorStage.class);
    /** Null until the login has succeeded. */
    private @Nullable Connection connection;

    /**
     * @param channelBindingWorks whether a login that requires channel binding succeeds; the driver has no API for it
     * @param listener notified of each stage
     */
    ServerChecks(
            Inspection inspection,
            HostAndPort server,
            Clock clock,
            Predicate<HostAndPort> channelBindingWorks,
            StageListener listener) {
        this.inspection = inspection;
        this.settings = inspection.settings();
        this.server = server;
        this.clock = clock;
        this.channelBindingWorks = channelBindingWorks;
        this.listener = listener;
    }

    /**
     * Runs the stages in their order. The result after those that succeeded is the failure, followed by stages that were
     * not tested.
     *
     * @return the open connection, null if a stage failed; the caller closes it
     */
    @Nullable
    Connection run() {
        listener.started(DoctorStage.DNS);
        try {
            connection = inspection.connect(server, settings.get(Settings.CONNECTION_TIMEOUT), new ReportedSteps());
            Queries.limitTime(connection);
            addStagesBefore(DoctorStage.DATABASE);
        } catch (ConnectionFailedException e) {
            addFailure(e);
        } catch (SQLException e) {
            add(DoctorStage.AUTHENTICATION.failed(
                    FailureKind.OTHER.value(), Queries.message(e), "Check the server's log."));
        }
        return connection;
    }

    /**
     * Reports a stage as soon as it can no longer fail: the server's name when it is resolved, but the TCP connection
     * only when the server has answered in PostgreSQL's protocol.
     */
    private final class ReportedSteps implements ConnectSteps {

        @Override
        public void resolved(List<InetAddress> addresses, Duration took) {
            recorder.resolved(addresses, took);
            addStagesBefore(DoctorStage.TCP);
        }

        @Override
        public void connecting(InetSocketAddress address) {
            recorder.connecting(address);
            listener.started(DoctorStage.TCP);
        }

        @Override
        public void connected(InetSocketAddress address, Duration took) {
            recorder.connected(address, took);
        }

        @Override
        public void encrypted(SSLSession session, Duration took) {
            recorder.encrypted(session, took);
            addStagesBefore(isTlsOptional() ? DoctorStage.TLS : DoctorStage.AUTHENTICATION);
            listener.started(DoctorStage.AUTHENTICATION);
        }

        @Override
        public void authenticating(String method, String user, String label) {
            recorder.authenticating(method, user, label);
            addStagesBefore(isTlsOptional() ? DoctorStage.TLS : DoctorStage.AUTHENTICATION);
            listener.started(DoctorStage.AUTHENTICATION);
        }

        /** Then the driver can connect again without TLS, after the server refused the login. */
        private boolean isTlsOptional() {
            return settings.sslMode() == SslMode.ALLOW || settings.sslMode() == SslMode.PREFER;
        }
    }

    /** Adds the stages that succeeded, the failed stage, and the stages after it as not tested. */
    private void addFailure(ConnectionFailedException e) {
        DoctorStage failed = failedStage(e);
        addStagesBefore(failed);
        add(failure(e, failed).in(recorder.sinceLastStep()).with("sqlState", String.valueOf(e.getSQLState())));
        for (DoctorStage stage : DoctorStage.values()) {
            boolean serverStage =
                    stage.compareTo(DoctorStage.DNS) >= 0 && stage.compareTo(DoctorStage.AUTHENTICATION) <= 0;
            if (serverStage && stage.compareTo(failed) > 0) {
                add(stage.notTested(failed));
            }
        }
    }

    /** {@return the failed stage, with the reason, the origin and the fix that the connection attempt reported} */
    private StageResult failure(ConnectionFailedException e, DoctorStage stage) {
        Failure failure = Failure.of(e);
        String defaultFix = e.kind() == FailureKind.STARTING_UP
                ? "Wait until the server has started (wellhead wait), or check its log if that takes long."
                : "Check the server's log.";
        boolean ofServer =
                !(e.getCause() instanceof CredentialsException) && !e.failures().isEmpty();
        return stage.failed(failure, ofServer ? e.failures().get(0).reason() + "." : failure.sentence(), defaultFix);
    }

    /** {@return the stage that checks for failures of this kind, otherwise the stage of the step that failed} */
    private static DoctorStage failedStage(ConnectionFailedException e) {
        return switch (e.kind()) {
            case CREDENTIALS_UNAVAILABLE -> DoctorStage.CREDENTIALS;
            case NO_SUCH_DATABASE -> DoctorStage.DATABASE;
            case TOO_MANY_CONNECTIONS -> DoctorStage.HEADROOM;
            case WRONG_SERVER_ROLE -> DoctorStage.ROLE;
            default ->
                e.failures().isEmpty()
                        ? DoctorStage.AUTHENTICATION
                        : stageOf(e.failures().get(0).stage());
        };
    }

    private static DoctorStage stageOf(ConnectStage step) {
        return switch (step) {
            case CREDENTIALS -> DoctorStage.CREDENTIALS;
            case NAME_RESOLUTION -> DoctorStage.DNS;
            case TCP -> DoctorStage.TCP;
            case TLS -> DoctorStage.TLS;
            case AUTHENTICATION, SESSION -> DoctorStage.AUTHENTICATION;
        };
    }

    /** Adds the results of the stages that succeeded before this one, unless they are reported already. */
    private void addStagesBefore(DoctorStage end) {
        List<InetAddress> addresses = recorder.addresses;
        if (addresses != null && isNew(DoctorStage.DNS, end)) {
            add(dns(addresses));
        }
        InetSocketAddress address = recorder.address;
        if (address != null && isNew(DoctorStage.TCP, end)) {
            String ip = address.getAddress().getHostAddress();
            add(DoctorStage.TCP
                    .ok("connected to " + ip + " port " + address.getPort())
                    .in(recorder.duration(DoctorStage.TCP)));
        }
        if (isNew(DoctorStage.TLS, end)) {
            add(tls());
        }
        if ((connection != null || recorder.method != null) && isNew(DoctorStage.AUTHENTICATION, end)) {
            add(authentication());
        }
    }

    private boolean isNew(DoctorStage stage, DoctorStage end) {
        return stage.compareTo(end) < 0 && reported.add(stage);
    }

    /** {@return the addresses of the host} All of them are tried, in this order. */
    private StageResult dns(List<InetAddress> addresses) {
        List<String> texts = addresses.stream().map(InetAddress::getHostAddress).toList();
        boolean literal = texts.equals(List.of(server.host()));
        return DoctorStage.DNS
                .ok(literal ? "the host is an IP address" : String.join(", ", texts))
                .in(recorder.duration(DoctorStage.DNS))
                .with("addresses", texts);
    }

    /** {@return the protocol and the certificate; without TLS, whether that is intended} */
    private StageResult tls() {
        SSLSession session = recorder.session;
        if (session != null) {
            return new TlsCheck(settings, session, clock)
                    .result(DoctorStage.TLS)
                    .in(recorder.duration(DoctorStage.TLS));
        }
        SslMode mode = settings.sslMode();
        StageResult result = mode == SslMode.DISABLE
                ? DoctorStage.TLS.ok("not encrypted, because the SSL mode is disable")
                : DoctorStage.TLS.warning(
                        "not encrypted: the SSL mode is " + mode + ", and the server does not support TLS",
                        "Turn on TLS in the server (ssl = on), then set " + settings.variable(Settings.SSLMODE)
                                + " to verify-full.");
        return result.with("protocol", "none");
    }

    /**
     * {@return the role and the method of the login} A method whose exchange reveals the password, or allows guessing
     * it, is a warning: md5, and a cleartext password without TLS.
     */
    private StageResult authentication() {
        Duration took = recorder.sinceLastStep();
        String method = recorder.method;
        boolean encrypted = recorder.session != null;
        boolean bound = "scram-sha-256".equals(method) && encrypted && channelBindingWorks.test(server);
        String text = "logged in as " + (recorder.user.isEmpty() ? settings.user() : recorder.user);
        if (method == null) {
            text += ", the server requested no password";
        } else {
            boolean named = !recorder.label.isEmpty() && !recorder.label.equals(Doctor.SINGLE_CANDIDATE);
            text += (named ? " (" + recorder.label + ")" : "") + " with " + method;
        }
        if ("scram-sha-256".equals(method)) {
            text += bound ? ", bound to the TLS channel" : ", not bound to a TLS channel";
        }
        boolean weak = "md5".equals(method) || ("password".equals(method) && !encrypted);
        StageResult result = weak
                ? DoctorStage.AUTHENTICATION.warning(
                        text + ", which an eavesdropper can break",
                        "Set password_encryption = scram-sha-256 on the server, then set the role's password again.")
                : DoctorStage.AUTHENTICATION.ok(text);
        return result.in(took)
                .with("user", recorder.user)
                .with("method", method == null ? "none" : method)
                .with("channelBinding", bound);
    }

    private void add(StageResult result) {
        listener.finished(result);
    }
}
