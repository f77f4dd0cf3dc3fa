package dev.wellhead.internal.connect.tls;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.Locale;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate and its key: two files in PEM or DER, or one PKCS#12 file, which is the value of {@code sslkey}.
 */
final class ClientCertificate {

    private final @Nullable Path chainFile;
    private final Path keyFile;
    private final char @Nullable [] password;

    private ClientCertificate(@Nullable Path chainFile, Path keyFile, char @Nullable [] password) {
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        this.password = password;
    }

    /** Returns the certificate of the settings; null if they have none. */
    static @Nullable ClientCertificate of(DatabaseSettings settings) {
        Path key = settings.find(Settings.SSLKEY).orElse(null);
        if (key == null) {
            return null;
        }
        Sensitive password = settings.find(Settings.SSLPASSWORD).orElse(null);
        return new ClientCertificate(
                settings.find(Settings.SSLCERT).orElse(null),
                key,
                password == null ? null : password.reveal().toCharArray());
    }

    /** Reads the files. */
    X509ExtendedKeyManager load() throws TlsMaterialException {
        String name = keyFile.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".p12") || name.endsWith(".pfx")) {
            return loadKeyStore();
        }
        if (chainFile == null) {
            throw new TlsMaterialException("There is a client key but no client certificate.", Settings.SSLCERT, null);
        }
        X509Certificate[] chain = readChain(chainFile);
        return new ClientKeyManager(chain, readKey(chain[0]));
    }

    private static X509Certificate[] readChain(Path file) throws TlsMaterialException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new TlsMaterialException(
                    "The client certificate " + file + " cannot be read.", Settings.SSLCERT, unreadable);
        }
        try {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .toArray(new X509Certificate[0]);
            if (chain.length == 0) {
                throw new CertificateException("empty");
            }
            return chain;
        } catch (CertificateException malformed) {
            throw new TlsMaterialException(
                    "The client certificate " + file + " is not an X.509 certificate in PEM or DER.",
                    Settings.SSLCERT,
                    malformed);
        }
    }

    private PrivateKey readKey(X509Certificate certificate) throws TlsMaterialException {
        byte[] content;
        try {
            content = Files.readAllBytes(keyFile);
        } catch (IOException unreadable) {
            throw new TlsMaterialException(
                    "The client key " + keyFile + " cannot be read.", Settings.SSLKEY, unreadable);
        }
        try {
            return PrivateKeys.parse(content, password, certificate.getPublicKey());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            // no cause, because its message may contain parts of the key
            throw new TlsMaterialException(
                    "The client key " + keyFile + " cannot be used. Either it is not the private key of the certificate in PEM,"
                            + " DER or PKCS#12, or sslpassword is not its password.",
                    Settings.SSLKEY,
                    null);
        }
    }

    private X509ExtendedKeyManager loadKeyStore() throws TlsMaterialException {
        try (InputStream in = Files.newInputStream(keyFile)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (Enumeration<String> aliases = store.aliases(); aliases.hasMoreElements(); ) {
                String alias = aliases.nextElement();
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    Certificate[] chain = store.getCertificateChain(alias);
                    X509Certificate[] certificates = new X509Certificate[chain.length];
                    System.arraycopy(chain, 0, certificates, 0, chain.length);
                    return new ClientKeyManager(certificates, key);
                }
            }
            throw new TlsMaterialException(
                    "The client key " + keyFile + " contains no private key.", Settings.SSLKEY, null);
        } catch (GeneralSecurityException malformed) {
            throw new TlsMaterialException(
                    "The client key " + keyFile + " is not a PKCS#12 file, or sslpassword is not its password.",
                    Settings.SSLKEY,
                    null);
        } catch (TlsMaterialException known) {
            throw known;
        } catch (IOException unreadable) {
            throw new TlsMaterialException(
                    "The client key " + keyFile + " cannot be read, or sslpassword is not its password.",
                    Settings.SSLKEY,
                    null);
        }
    }
}
