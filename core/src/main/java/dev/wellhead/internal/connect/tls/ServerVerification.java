package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the server as libpq does. If there are root certificates, the certificate chain is verified in every SSL
 * mode. If the mode is {@code verify-full}, the host name is verified too. Without root certificates, the chain is not
 * verified; SSL modes that need root certificates are rejected earlier.
 */
final class ServerVerification extends X509ExtendedTrustManager {

    private final @Nullable X509ExtendedTrustManager chains;
    private final boolean verifiesName;

    private ServerVerification(@Nullable X509ExtendedTrustManager chains, boolean verifiesName) {
        this.chains = chains;
        this.verifiesName = verifiesName;
    }

    static ServerVerification of(@Nullable TrustAnchors anchors, boolean verifiesName)
            throws IOException, GeneralSecurityException {
        return new ServerVerification(anchors == null ? null : chains(anchors), verifiesName);
    }

    private static X509ExtendedTrustManager chains(TrustAnchors anchors) throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        int number = 0;
        for (X509Certificate root : anchors.certificates()) {
            roots.setCertificateEntry("anchor" + number++, root);
        }
        if (anchors.includesSystemRoots()) {
            for (X509Certificate root : TrustAnchors.ofSystem().certificates()) {
                roots.setCertificateEntry("system" + number++, root);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(roots);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("The JVM has no PKIX trust manager.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (chains != null) {
            try {
                chains.checkServerTrusted(chain, authType, socket);
            } catch (CertificateException refused) {
                throw reason(chain, refused);
            }
        }
        if (verifiesName) {
            String host = ((SSLSocket) socket).getHandshakeSession().getPeerHost();
            CertificateNames names = CertificateNames.of(chain[0]);
            if (!names.cover(host)) {
                throw new ServerCertificateException(
                        FailureKind.TLS_WRONG_HOST_NAME,
                        "its certificate is for " + names + ", not for '" + host + "'",
                        null);
            }
        }
    }

    /**
     * Determines why the chain was refused. The JDK does not report which certificate of the chain has expired, so this
     * method checks the validity of each one.
     */
    private static ServerCertificateException reason(X509Certificate[] chain, CertificateException refused) {
        String whose = "its certificate";
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException expired) {
                return new ServerCertificateException(
                        FailureKind.TLS_EXPIRED,
                        whose + " expired on " + certificate.getNotAfter().toInstant(),
                        refused);
            } catch (CertificateNotYetValidException early) {
                return new ServerCertificateException(
                        FailureKind.TLS_EXPIRED,
                        whose + " is not valid before "
                                + certificate.getNotBefore().toInstant(),
                        refused);
            }
            whose = "a certificate of its chain";
        }
        X509Certificate last = chain[chain.length - 1];
        return new ServerCertificateException(
                FailureKind.TLS_UNTRUSTED,
                "its certificate was issued by '"
                        + last.getIssuerX500Principal().getName() + "', which is not trusted",
                refused);
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
        return chains == null ? new X509Certificate[0] : chains.getAcceptedIssuers();
    }
}
