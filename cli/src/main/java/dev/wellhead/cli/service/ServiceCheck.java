package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageListener;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.doctor.TlsCheck;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.spi.FailureKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks a service in stages, until one fails: what a client needs first. Sends no credentials and changes nothing. For one
 * check.
 */
final class ServiceCheck {

    private final NamedService service;
    private final Duration limit;
    private final @Nullable X509ExtendedTrustManager trust;
    private final AfterAnswer after;
    private final StageListener listener;
    private ServiceStage stage = ServiceStage.DNS;
    private long start = System.nanoTime();

    /** What is done with the connection after the service has answered. */
    @FunctionalInterface
    interface AfterAnswer {
        void run(ServiceConnection connection, ServiceAddress address);
    }

    /**
     * @param limit the longest time of one stage without an answer; the resolver of names has limits of its own
     * @param trust decides whether a certificate is trusted; null for that of the service's settings or of the JVM
     * @param listener notified of each stage
     */
    ServiceCheck(
            NamedService service,
            Duration limit,
            @Nullable X509ExtendedTrustManager trust,
            StageListener listener,
            AfterAnswer after) {
        this.service = service;
        this.limit = limit;
        this.trust = trust;
        this.listener = listener;
        this.after = after;
    }

    /** A check that ends with the answer. */
    ServiceCheck(
            NamedService service, Duration limit, @Nullable X509ExtendedTrustManager trust, StageListener listener) {
        this(service, limit, trust, listener, (connection, address) -> {});
    }

    /** {@return the last result: the one that failed, or the answer of the service} */
    StageResult run() {
        StageResult settings = settings();
        listener.finished(settings);
        ServiceAddress address = service.address();
        if (address == null) {
            return settings;
        }
        StageResult last = run(address);
        ServiceDefect defect = service.defect();
        // what clients do with the address is not noticed by a connection to it
        return defect == null || last.failure() != null
                ? last
                : StageResult.warning(ServiceStage.ANSWER, last.text() + ". " + defect.message(), defect.fix());
    }

    /** {@return the result of the stage {@code settings}} */
    StageResult settings() {
        ServiceDefect defect = service.defect();
        if (service.address() == null) {
            return defect == null
                    ? StageResult.notTested(ServiceStage.SETTINGS, service.place())
                    : StageResult.failed(ServiceStage.SETTINGS, defect.failure(service), defect.message(), "");
        }
        return defect == null
                ? StageResult.ok(ServiceStage.SETTINGS, service.place() + " (" + service.keys() + ")")
                : StageResult.warning(ServiceStage.SETTINGS, service.place() + ". " + defect.message(), defect.fix());
    }

    /** {@return the last result of the stages from {@code dns}} */
    StageResult run(ServiceAddress address) {
        try {
            return connect(address);
        } catch (ServiceFailure e) {
            return finished(address, StageResult.failed(stage, e.failure(service), e.reason(), ""));
        } catch (RuntimeException | Error e) {
            // a defect of one check must not hide the results of the others
            return finished(address, defect(service.kind(), service.name(), stage, e));
        }
    }

    /** {@return the result of a check that has a defect itself} */
    static StageResult defect(ServiceKind kind, String name, ServiceStage stage, Throwable defect) {
        String text = "the check itself failed: " + SafeText.of(String.valueOf(defect));
        String fix = "Report the output of 'wellhead doctor " + kind.options(name) + "'.";
        return StageResult.failed(stage, Failure.of(Outcome.INTERNAL.value(), Outcome.INTERNAL, text, fix), text, "");
    }

    private StageResult connect(ServiceAddress address) throws ServiceFailure {
        begins(ServiceStage.DNS);
        List<InetAddress> addresses = resolve(address);
        ok(address, addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
        begins(ServiceStage.TCP);
        try (ServiceConnection connection = ServiceConnection.open(service, address, addresses, limit)) {
            ok(address, "connected to port " + address.port());
            if (address.tls()) {
                begins(ServiceStage.TLS);
                SSLSession session = connection.encrypt(trust);
                if (session == null) {
                    throw noTls(connection, address, addresses);
                }
                finished(address, new TlsCheck(service.settings(), session, Clock.systemUTC()).result(stage));
            }
            begins(ServiceStage.ANSWER);
            ServiceAnswer answer = answer(connection, address, addresses);
            StageResult result = finished(address, new AnswerCheck(service, address).result(answer));
            after.run(connection, address);
            return result;
        }
    }

    private List<InetAddress> resolve(ServiceAddress address) throws ServiceFailure {
        try {
            return List.of(InetAddress.getAllByName(address.host()));
        } catch (UnknownHostException e) {
            throw ServiceFailure.of(
                    FailureKind.NAME_NOT_RESOLVED,
                    "the name '" + address.host() + "' does not resolve",
                    "Correct " + service.key() + ", or check that the DNS server of this machine resolves the name.");
        }
    }

    /** {@return the answer} Some servers close a connection without TLS silently: a second one shows whether this one does. */
    private ServiceAnswer answer(ServiceConnection connection, ServiceAddress address, List<InetAddress> addresses)
            throws ServiceFailure {
        ServiceAnswer answer = connection.ask();
        if (answer != null) {
            return answer;
        }
        if (!address.tls() && service.protocol() != ServiceProtocol.POSTGRESQL) {
            try (ServiceConnection second = second(address, addresses)) {
                if (second.speaksTls(trust)) {
                    return new ServiceAnswer(ServiceProtocol.TLS, "");
                }
            } catch (ServiceFailure e) {
                // the first connection decides
            }
        }
        throw ServiceFailure.of(
                FailureKind.NETWORK,
                "it closed the connection without an answer to " + service.protocol(),
                connection.checkPort());
    }

    /** {@return why TLS failed} A second connection shows whether the server answers without TLS. */
    private ServiceFailure noTls(ServiceConnection first, ServiceAddress address, List<InetAddress> addresses) {
        try (ServiceConnection plain = second(address, addresses)) {
            ServiceAnswer answer = plain.ask();
            if (answer != null && answer.protocol() == service.protocol()) {
                return ServiceFailure.of(
                        FailureKind.TLS_NOT_SUPPORTED,
                        "it answers without TLS on this port, and not with TLS",
                        "Enable TLS on the server, or " + service.withScheme(address.otherScheme(), "disable") + ".");
            }
        } catch (ServiceFailure e) {
            // it does not answer without TLS either
        }
        return first.isSilent()
                ? ServiceFailure.of(
                        FailureKind.TIMED_OUT,
                        "it accepts connections, but does not answer TLS within " + limit.toSeconds() + "s",
                        first.checkPort())
                : ServiceFailure.of(
                        FailureKind.TLS_FAILED,
                        "the TLS handshake failed",
                        "Check that the port in " + service.key()
                                + " is that of a server with TLS, and that it accepts this client.");
    }

    /** {@return a connection that is used only to find the reason of a failure; it has half of the time} */
    private ServiceConnection second(ServiceAddress address, List<InetAddress> addresses) throws ServiceFailure {
        return ServiceConnection.open(service, address, addresses, limit.dividedBy(2));
    }

    private void begins(ServiceStage next) {
        stage = next;
        start = System.nanoTime();
        listener.started(next);
    }

    private void ok(ServiceAddress address, String text) {
        finished(address, StageResult.ok(stage, text));
    }

    private StageResult finished(ServiceAddress address, StageResult result) {
        StageResult timed = result.at(address.server()).in(Duration.ofNanos(System.nanoTime() - start));
        listener.finished(timed);
        return timed;
    }
}
