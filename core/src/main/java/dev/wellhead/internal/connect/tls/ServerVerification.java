package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the server as libpq does. If there are root certificates, the certificate chain is verified in every SSL
 * mode. If the mode is {@code verify-full}, the host name is verified too. Without root certificates, the chain is not
 * verified; SSL modes that need root certificates are rejected earlier. The driver's host name verifier is not used.
 */
final class ServerVerification implements ServerTrustManager.ServerCheck {

    private final @Nullable ChainVerification chains;
    private final boolean verifiesName;

    ServerVerification(@Nullable ChainVerification chains, boolean verifiesName) {
        this.chains = chains;
        this.verifiesName = verifiesName;
    }

    @Override
    public void verify(X509Certificate[] sent, String keyExchange, SSLSocket socket) throws CertificateException {
        verify(sent, keyExchange, socket.getHandshakeSession().getPeerHost());
    }

    @Override
    public void verify(X509Certificate[] sent, String keyExchange, SSLEngine engine) throws CertificateException {
        verify(sent, keyExchange, engine.getHandshakeSession().getPeerHost());
    }

    private void verify(X509Certificate[] sent, String keyExchange, String host) throws CertificateException {
        try {
            if (chains != null) {
                chains.verify(sent, keyExchange);
            }
            if (verifiesName) {
                verifyName(sent[0], host);
            }
        } catch (RuntimeException unexpected) {
            // a certificate that cannot be processed is rejected, whatever it contains
            throw new ServerCertificateException(
                    FailureKind.TLS_INVALID, "its certificate cannot be processed", null, unexpected);
        }
    }

    private static void verifyName(X509Certificate certificate, String host) throws ServerCertificateException {
        CertificateNames names = new CertificateNames(certificate);
        if (!names.cover(host)) {
            throw new ServerCertificateException(
                    FailureKind.TLS_WRONG_HOST_NAME,
                    "its certificate is for " + names + ", not for '" + host + "'",
                    null,
                    null);
        }
    }
}
