package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
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
        byte[] content = read("client certificate", file, FileKind.CERTIFICATES, Settings.SSLCERT);
        try {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .toArray(new X509Certificate[0]);
            if (chain.length == 0) {
                throw new CertificateException("The file contains no certificate.");
            }
            return chain;
        } catch (CertificateException malformed) {
            throw new TlsMaterialException(
                    "The client certificate " + file + " is not an X.509 certificate in PEM or DER.",
                    Settings.SSLCERT,
                    malformed);
        }
    }

    private static byte[] read(String what, Path file, FileKind kind, Setting<?> setting) throws TlsMaterialException {
        try {
            return RegularFiles.read(file, kind);
        } catch (UnreadableFileException unreadable) {
            throw new TlsMaterialException(
                    "The " + what + " " + file + " " + unreadable.reason() + ".", setting, unreadable);
        }
    }

    private PrivateKey readKey(X509Certificate certificate) throws TlsMaterialException {
        byte[] content = read("client key", keyFile, FileKind.PRIVATE_KEY, Settings.SSLKEY);
        try {
            return PrivateKeys.parse(content, password, certificate.getPublicKey());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            throw unusableKey("Either it is not the private key of the certificate in PEM, DER or PKCS#12,");
        }
    }

    private X509ExtendedKeyManager loadKeyStore() throws TlsMaterialException {
        byte[] content = read("client key", keyFile, FileKind.PRIVATE_KEY, Settings.SSLKEY);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            for (Enumeration<String> aliases = store.aliases(); aliases.hasMoreElements(); ) {
                String alias = aliases.nextElement();
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    Certificate[] chain = store.getCertificateChain(alias);
                    return new ClientKeyManager(Arrays.copyOf(chain, chain.length, X509Certificate[].class), key);
                }
            }
        } catch (GeneralSecurityException | IOException unusable) {
            throw unusableKey("Either it is not a PKCS#12 file,");
        }
        throw new TlsMaterialException(
                "The client key " + keyFile + " contains no private key.", Settings.SSLKEY, null);
    }

    /** Creates an exception without a cause, because the message of the cause may contain parts of the key. */
    private TlsMaterialException unusableKey(String reason) {
        return new TlsMaterialException(
                "The client key " + keyFile + " cannot be used. " + reason + " or sslpassword is not its password.",
                Settings.SSLKEY,
                null);
    }
}
