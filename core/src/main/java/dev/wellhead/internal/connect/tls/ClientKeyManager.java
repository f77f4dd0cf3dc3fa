package dev.wellhead.internal.connect.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents the one client certificate, whatever issuers the server lists, as libpq does. The JDK's key manager would
 * present none if the issuer is not listed, and the server would then report a missing certificate.
 */
final class ClientKeyManager extends X509ExtendedKeyManager {

    private static final String ALIAS = "client";

    private final X509Certificate[] chain;
    private final PrivateKey key;
    private final Map<Socket, PresentedCertificate> presented = Collections.synchronizedMap(new WeakHashMap<>());

    ClientKeyManager(X509Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /** {@return the certificate of the client itself} */
    X509Certificate certificate() {
        return chain[0];
    }

    /** Returns what was presented on a socket; null if the server requested no certificate. */
    @Nullable
    PresentedCertificate presentedOn(Socket socket) {
        return presented.get(socket);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        String algorithm = key.getAlgorithm();
        for (String type : keyTypes) {
            // before TLS 1.3 the type also has the algorithm of the signature, as in EC_EC and EC_RSA
            if (type.equalsIgnoreCase(algorithm)
                    || type.toUpperCase(Locale.ROOT).startsWith(algorithm.toUpperCase(Locale.ROOT) + "_")) {
                if (socket != null) {
                    presented.put(socket, PresentedCertificate.of(chain, issuers));
                }
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }
}
