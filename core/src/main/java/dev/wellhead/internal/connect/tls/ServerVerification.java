package dev.wellhead.internal.connect.tls;

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
 * Verifies the server as libpq does: its chain wherever root certificates are known, whatever the mode; the host name
 * with {@code verify-full}. Where no root is known, nothing is verified (the modes that need one are refused before).
 */
public final class ServerVerification extends X509ExtendedTrustManager {

    private final @Nullable X509ExtendedTrustManager chains;
    private final boolean verifiesName;

    private ServerVerification(@Nullable X509ExtendedTrustManager chains, boolean verifiesName) {
        this.chains = chains;
        this.verifiesName = verifiesName;
    }

    public static ServerVerification of(@Nullable TrustAnchors anchors, boolean verifiesName)
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
                throw ServerCertificateException.wrongHostName(names.toString());
            }
        }
    }

    private static ServerCertificateException reason(X509Certificate[] chain, CertificateException refused) {
        String whose = "its certificate";
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException expired) {
                return ServerCertificateException.expired(
                        whose + " expired on " + certificate.getNotAfter().toInstant(), refused);
            } catch (CertificateNotYetValidException early) {
                return ServerCertificateException.expired(
                        whose + " is not valid before "
                                + certificate.getNotBefore().toInstant(),
                        refused);
            }
            whose = "a certificate that vouches for its own";
        }
        X509Certificate last = chain[chain.length - 1];
        return ServerCertificateException.untrusted(
                last.getIssuerX500Principal().getName(), refused);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only sockets are verified here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only sockets are verified here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this side has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side has no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains == null ? new X509Certificate[0] : chains.getAcceptedIssuers();
    }
}
