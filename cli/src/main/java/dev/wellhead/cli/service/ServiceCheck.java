package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.spi.FailureKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
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
    private final Consumer<StageResult> listener;

    /** What is done with the connection after the service has answered. */
    @FunctionalInterface
    interface AfterAnswer {
        void run(ServiceConnection connection, ServiceAddress address);
    }

    /**
     * @param limit the longest time of one stage without an answer; the resolver of names has limits of its own
     * @param trust decides whether a certificate is trusted; null for that of the service's settings or of the JVM
     * @param listener receives each result when it is known
     */
    ServiceCheck(
            NamedService service,
            Duration limit,
            @Nullable X509ExtendedTrustManager trust,
            Consumer<StageResult> listener,
            AfterAnswer after) {
        this.service = service;
        this.limit = limit;
        this.trust = trust;
        this.listener = listener;
        this.after = after;
    }

    /** A check that ends with the answer. */
    ServiceCheck(
            NamedService service,
            Duration limit,
            @Nullable X509ExtendedTrustManager trust,
            Consumer<StageResult> listener) {
        this(service, limit, trust, listener, (connection, address) -> {});
    }

    /** {@return the last result: the one that failed, or the answer of the service} */
    StageResult run() {
        ServiceAddress address = service.address();
        ServiceDefect defect = service.defect();
        StageResult settings = address == null
                ? withoutAddress(defect)
                : defect == null
                        ? StageResult.ok(ServiceStage.SETTINGS, service.place() + " (" + service.keys() + ")")
                        : StageResult.warning(
                                ServiceStage.SETTINGS, service.place() + ". " + defect.message(), defect.fix());
        listener.accept(settings);
        if (address == null) {
            return settings;
        }
        StageResult last = run(address);
        // what clients do with the address is not noticed by a connection to it
        return defect == null || last.failure() != null
                ? last
                : StageResult.warning(ServiceStage.ANSWER, last.text() + ". " + defect.message(), defect.fix());
    }

    private StageResult withoutAddress(@Nullable ServiceDefect defect) {
        if (defect == null) {
            return StageResult.notTested(ServiceStage.SETTINGS, service.place());
        }
        return StageResult.failed(ServiceStage.SETTINGS, defect.failure(service), defect.message(), "");
    }

    /** {@return the last result of the stages from {@code dns}} */
    StageResult run(ServiceAddress address) {
        Stopwatch stage = new Stopwatch(ServiceStage.DNS);
        try {
            List<InetAddress> addresses = resolve(address);
            stage.ok(
                    address,
                    String.join(
                            ", ",
                            addresses.stream().map(InetAddress::getHostAddress).toList()));
            stage = new Stopwatch(ServiceStage.TCP);
            try (ServiceConnection connection =
                    ServiceConnection.open(address, addresses, limit, service.kind(), service.key())) {
                stage.ok(address, "connected to port " + address.port());
                if (address.tls()) {
                    stage = new Stopwatch(ServiceStage.TLS);
                    String version = connection.encrypt(
                            trust == null ? ServiceConnection.trustOf(service.settings()) : trust, service.protocol());
                    if (version == null) {
                        throw noTls(address, addresses);
                    }
                    stage.ok(address, version + expiry(connection.certificate()));
                }
                stage = new Stopwatch(ServiceStage.ANSWER);
                ServiceAnswer answer = connection.ask(service.protocol());
                StageResult result = stage.finished(address, new AnswerCheck(service, address).result(answer));
                after.run(connection, address);
                return result;
            }
        } catch (ServiceFailure e) {
            return stage.finished(address, StageResult.failed(stage.stage, e.failure(service), e.reason(), ""));
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

    /** {@return why TLS failed} A second connection shows whether the server answers without TLS. */
    private ServiceFailure noTls(ServiceAddress address, List<InetAddress> addresses) {
        try (ServiceConnection plain =
                ServiceConnection.open(address, addresses, limit, service.kind(), service.key())) {
            ServiceAnswer answer = plain.ask(service.protocol());
            if (answer.protocol() == service.protocol()) {
                return ServiceFailure.of(
                        FailureKind.TLS_NOT_SUPPORTED,
                        "it answers without TLS on this port, and not with TLS",
                        "Enable TLS on the server, or " + service.withScheme(address.otherScheme(), "disable") + ".");
            }
        } catch (ServiceFailure e) {
            // it does not answer without TLS either
        }
        return ServiceFailure.of(
                FailureKind.TLS_FAILED,
                "the TLS handshake failed",
                "Check that the port is that of a server with TLS, and that it accepts this client.");
    }

    private static String expiry(@Nullable X509Certificate certificate) {
        return certificate == null
                ? ""
                : ", the certificate is valid until "
                        + certificate.getNotAfter().toInstant();
    }

    /** Measures a stage and reports its result. */
    private final class Stopwatch {

        private final ServiceStage stage;
        private final long start = System.nanoTime();

        private Stopwatch(ServiceStage stage) {
            this.stage = stage;
        }

        private void ok(ServiceAddress address, String text) {
            finished(address, StageResult.ok(stage, text));
        }

        private StageResult finished(ServiceAddress address, StageResult result) {
            StageResult timed = result.at(address.server()).in(Duration.ofNanos(System.nanoTime() - start));
            listener.accept(timed);
            return timed;
        }
    }
}
