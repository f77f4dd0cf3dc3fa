package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the server as libpq does. If there are root certificates, the certificate chain is verified in every SSL
 * mode. If the mode is {@code verify-full}, the host name is verified too. Without root certificates, the chain is not
 * verified; SSL modes that need root certificates are rejected earlier.
 *
 * <p>JSSE adds no check of its own to an {@link X509ExtendedTrustManager}, and neither the driver's nor the JVM's host
 * name verifier is used.
 */
final class ServerVerification extends X509ExtendedTrustManager {

    private final @Nullable ChainVerification chains;
    private final boolean verifiesName;

    ServerVerification(@Nullable ChainVerification chains, boolean verifiesName) {
        this.chains = chains;
        this.verifiesName = verifiesName;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            if (chains != null) {
                chains.verify(chain, authType);
            }
            if (verifiesName) {
                verifyName(chain[0], ((SSLSocket) socket).getHandshakeSession().getPeerHost());
            }
        } catch (RuntimeException unexpected) {
            // a hostile certificate must not end the handshake with anything but a refusal
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

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("Only sockets are supported.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Only sockets are supported.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("This is a client.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("This is a client.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This is a client.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
