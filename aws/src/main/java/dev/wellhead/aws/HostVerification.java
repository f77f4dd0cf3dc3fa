package dev.wellhead.aws;

import dev.wellhead.internal.connect.tls.ServerTrustManager;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies the host name of an HTTPS endpoint together with its certificate chain. Otherwise the JDK's HTTP client
 * would ask the process-wide verifier ({@code HttpsURLConnection.setDefaultHostnameVerifier}), and an application that
 * accepts every name there would switch the verification off. The roots are those of the JVM.
 */
final class HostVerification implements ServerTrustManager.ServerCheck {

    private final X509ExtendedTrustManager chains;

    private HostVerification(X509ExtendedTrustManager chains) {
        this.chains = chains;
    }

    /** {@return the trust manager for the SDK's HTTP client} */
    static TrustManager[] trustManagers() {
        try {
            return new TrustManager[] {new ServerTrustManager(new HostVerification(ServerTrustManager.ofJvm()))};
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM's root certificates cannot be read.", e);
        }
    }

    @Override
    public void verify(X509Certificate[] sent, String keyExchange, SSLSocket socket) throws CertificateException {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        chains.checkServerTrusted(sent, keyExchange, socket);
    }
}
