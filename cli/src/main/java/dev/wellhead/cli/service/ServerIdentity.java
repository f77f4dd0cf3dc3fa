package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.TlsCheck;
import dev.wellhead.internal.connect.tls.ServerCertificateException;
import dev.wellhead.internal.connect.tls.ServerTrustManager;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a server as another trust manager does, and keeps the certificate and the reason of a refusal as data: the messages
 * of the JDK do not state them clearly. For one handshake.
 */
final class ServerIdentity extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trust;
    private final NamedService service;
    private final String host;
    private @Nullable X509Certificate certificate;
    private @Nullable ServiceFailure refusal;

    /** @param trust decides */
    ServerIdentity(X509ExtendedTrustManager trust, NamedService service, String host) {
        this.trust = trust;
        this.service = service;
        this.host = host;
    }

    /** {@return why the certificate was refused; null if it was not} */
    @Nullable
    ServiceFailure refusal() {
        return refusal;
    }

    /** {@return the certificate of the server; null if it sent none} */
    @Nullable
    X509Certificate certificate() {
        return certificate;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        certificate = chain[0];
        if (trust instanceof ServerTrustManager) {
            checkWithReason(chain, type, socket);
            return;
        }
        try {
            trust.checkServerTrusted(chain, type);
        } catch (CertificateException e) {
            refusal = untrusted(chain[0]);
            throw e;
        }
        try {
            // the socket requires the host name
            trust.checkServerTrusted(chain, type, socket);
        } catch (CertificateException e) {
            refusal = ServiceFailure.of(
                    FailureKind.TLS_WRONG_HOST_NAME,
                    "its certificate is for " + String.join(", ", TlsCheck.names(chain[0])) + ", not for " + host,
                    fix(FailureKind.TLS_WRONG_HOST_NAME));
            throw e;
        }
    }

    /** Our own trust manager verifies the host name, and states its reason. */
    private void checkWithReason(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        try {
            trust.checkServerTrusted(chain, type, socket);
        } catch (ServerCertificateException e) {
            String fix = e.fix();
            refusal = ServiceFailure.of(e.kind(), e.reason(), fix == null ? fix(e.kind()) : fix);
            throw e;
        }
    }

    private String fix(FailureKind kind) {
        return kind == FailureKind.TLS_WRONG_HOST_NAME
                ? "Set " + service.reference(Settings.HOST)
                        + " to a name in the certificate, or give the server a certificate for this name."
                : "Set " + service.reference(Settings.SSLROOTCERT)
                        + " to the root certificate of the authority that issued it.";
    }

    private static ServiceFailure untrusted(X509Certificate leaf) {
        Instant now = Instant.now();
        Instant end = leaf.getNotAfter().toInstant();
        Instant begin = leaf.getNotBefore().toInstant();
        if (now.isAfter(end) || now.isBefore(begin)) {
            return ServiceFailure.of(
                    FailureKind.TLS_EXPIRED,
                    now.isAfter(end)
                            ? "its certificate expired at " + end
                            : "its certificate is not valid before " + begin,
                    "Renew the server's certificate, or correct the clock of this machine.");
        }
        return ServiceFailure.of(
                FailureKind.TLS_UNTRUSTED,
                "its certificate, issued by " + leaf.getIssuerX500Principal().getName()
                        + ", is not trusted by this JVM",
                "Add the root certificate to the trust store of the JVM (-Djavax.net.ssl.trustStore=FILE).");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trust.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
