package dev.wellhead.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The roots that the JVM trusts: its cacerts file, or the file that {@code javax.net.ssl.trustStore} names. */
final class SystemTrustAnchors implements TrustAnchors {

    static final SystemTrustAnchors INSTANCE = new SystemTrustAnchors();

    private SystemTrustAnchors() {}

    @Override
    public String description() {
        return "root certificates of the JVM";
    }

    @Override
    public Collection<X509Certificate> certificates() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> certificates = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                certificates.addAll(List.of(trusting.getAcceptedIssuers()));
            }
        }
        if (certificates.isEmpty()) {
            throw new KeyStoreException("The JVM trusts no root certificate.");
        }
        return certificates;
    }

    @Override
    public boolean includesSystemRoots() {
        return true;
    }

    @Override
    public String toString() {
        return description();
    }
}
