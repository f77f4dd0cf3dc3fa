package dev.wellhead.internal.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads key stores in the formats PKCS#12, JKS and JCEKS. If no password is set, a store is opened with an empty one,
 * or without a check of its integrity.
 */
public final class KeyStores {

    private static final String CONVERT_CERTIFICATES = "Convert it with: openssl pkcs12 -in FILE -nokeys -out NEW";

    private final KeyStore store;
    private final char @Nullable [] password;

    private KeyStores(KeyStore store, char @Nullable [] password) {
        this.store = store;
        this.password = password;
    }

    /**
     * A private key and its certificates.
     *
     * @param key the key
     * @param chain its certificate, followed by intermediate certificates
     */
    public record Entry(PrivateKey key, List<X509Certificate> chain) {

        /** {@return the number of certificates only, because the key is sensitive} */
        @Override
        public String toString() {
            return "Entry[" + chain.size() + " certificates]";
        }
    }

    /**
     * {@return the first private key of a store with its certificates}
     *
     * @param password of the store and the key; null if there is none
     * @throws KeyPasswordException if the password is missing or wrong
     * @throws PemException if the content is no store, or the store has no private key
     */
    public static Entry privateKey(byte[] content, char @Nullable [] password) throws PemException {
        KeyStores opened = open(content, password);
        try {
            for (String alias : Collections.list(opened.store.aliases())) {
                Entry entry = opened.entry(alias);
                if (entry != null) {
                    return entry;
                }
            }
        } catch (UnrecoverableKeyException e) {
            throw password == null ? KeyPasswordException.missing() : KeyPasswordException.wrong();
        } catch (PemException withReason) {
            throw withReason;
        } catch (GeneralSecurityException e) {
            throw invalid();
        }
        Pkcs12Parts parts = Pkcs12Parts.of(content);
        if (parts.havePlainKey()) {
            throw new PemException(
                    "is a PKCS#12 key store whose private key is not encrypted, and Java reads only an encrypted one",
                    "Convert it with: openssl pkcs12 -in FILE -nodes -out NEW, and use NEW as the certificate and as the key.");
        }
        if (opened.password == null && parts.areEncrypted()) {
            throw KeyPasswordException.missing();
        }
        throw new PemException("is a key store without a private key");
    }

    /**
     * {@return the certificates that a store marks as trusted; at least one}
     *
     * @param password of the store; null if there is none
     */
    public static List<X509Certificate> certificates(byte[] content, char @Nullable [] password) throws PemException {
        KeyStores opened = open(content, password);
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            List<String> aliases = Collections.list(opened.store.aliases());
            for (String alias : aliases) {
                if (opened.store.isCertificateEntry(alias)
                        && opened.store.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (!certificates.isEmpty()) {
                return certificates;
            }
            if (!aliases.isEmpty()) {
                throw new PemException(
                        "is a key store with a private key, and without trusted certificates", CONVERT_CERTIFICATES);
            }
        } catch (PemException withReason) {
            throw withReason;
        } catch (GeneralSecurityException e) {
            throw invalid();
        }
        if (opened.password == null && Pkcs12Parts.of(content).areEncrypted()) {
            throw KeyPasswordException.missing();
        }
        throw new PemException(
                "is a key store in which Java finds no trusted certificate (OpenSSL does not mark them as trusted)",
                CONVERT_CERTIFICATES);
    }

    private @Nullable Entry entry(String alias) throws GeneralSecurityException {
        char[] ofKey = password == null ? new char[0] : password;
        if (!(store.getKey(alias, ofKey) instanceof PrivateKey key)) {
            return null;
        }
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain == null || chain.length == 0) {
            throw new PemException("is a key store whose private key has no certificate");
        }
        return new Entry(key, List.of(Arrays.copyOf(chain, chain.length, X509Certificate[].class)));
    }

    private static KeyStores open(byte[] content, char @Nullable [] password) throws PemException {
        if (password != null) {
            return new KeyStores(load(content, password), password);
        }
        try {
            char[] empty = new char[0];
            return new KeyStores(load(content, empty), empty);
        } catch (KeyPasswordException e) {
            // the JDK reads what is not encrypted, and does not check the integrity of the store
            return new KeyStores(load(content, null), null);
        }
    }

    private static KeyStore load(byte[] content, char @Nullable [] password) throws PemException {
        String type =
                switch (ContentRecognition.kindOf(content)) {
                    case JCEKS_KEY_STORE -> "JCEKS";
                    case JAVA_KEY_STORE -> "JKS";
                    default -> "PKCS12";
                };
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(content), password);
            return store;
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException ? KeyPasswordException.wrong() : invalid();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw invalid();
        }
    }

    private static PemException invalid() {
        return new PemException("is a key store that cannot be read: it is damaged, or uses an unknown algorithm");
    }
}
