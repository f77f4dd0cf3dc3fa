package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.pem.CertificateReader;
import dev.wellhead.internal.pem.ContentRecognition;
import dev.wellhead.internal.pem.KeyPasswordException;
import dev.wellhead.internal.pem.KeyStores;
import dev.wellhead.internal.pem.PemException;
import dev.wellhead.internal.pem.PrivateKeys;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.FileOrPem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client certificate and its key: two files or PEM texts, or one key store, which is the value of
 * {@code sslkey}. Everything that can be wrong with them is found here, before anything is sent.
 */
final class ClientCertificate {

    private final DatabaseSettings settings;
    private final FileOrPem keySource;
    private final FileOrPem certificateSource;
    private final char @Nullable [] password;

    private ClientCertificate(DatabaseSettings settings, FileOrPem keySource) {
        this.settings = settings;
        this.keySource = keySource;
        this.certificateSource = settings.find(Settings.SSLCERT).orElse(keySource);
        Sensitive set = settings.find(Settings.SSLPASSWORD).orElse(null);
        this.password = set == null ? null : set.reveal().toCharArray();
    }

    /** Returns the certificate of the settings; null if they have none. */
    static @Nullable ClientCertificate of(DatabaseSettings settings) {
        FileOrPem key = settings.find(Settings.SSLKEY).orElse(null);
        return key == null ? null : new ClientCertificate(settings, key);
    }

    /** Reads the files. */
    ClientKeyManager load() throws TlsMaterialException {
        String subject = keySubject();
        byte[] content = keyContent();
        try {
            ClientKeyManager loaded = load(subject, content);
            requireValid(loaded.certificate());
            return loaded;
        } catch (KeyPasswordException e) {
            throw undecryptable(subject, e);
        } catch (PemException e) {
            throw unusableKey(e);
        } catch (RuntimeException unexpected) {
            throw new TlsMaterialException(
                    subject + " cannot be used: " + unexpected.getClass().getName() + ".",
                    "",
                    unexpected,
                    Settings.SSLKEY);
        }
    }

    /** Returns the content of the configured key. */
    byte[] keyContent() throws TlsMaterialException {
        return content(keySubject(), keySource, Settings.SSLKEY);
    }

    /** Returns the content of the configured certificate, which can be in the key store. */
    byte[] certificateContent() throws TlsMaterialException {
        return content(certificateSubject(), certificateSource, certificateSetting());
    }

    /** Returns the exception for a key that cannot be used. */
    TlsMaterialException unusableKey(PemException reason) {
        return new TlsMaterialException(
                keySubject() + " " + reason.getMessage() + ".", reason.fix(), null, Settings.SSLKEY);
    }

    private ClientKeyManager load(String subject, byte[] content) throws PemException, TlsMaterialException {
        if (ContentRecognition.kindOf(content).isKeyStore()) {
            KeyStores.Entry entry = KeyStores.privateKey(content, password);
            return new ClientKeyManager(entry.chain().toArray(new X509Certificate[0]), entry.key());
        }
        PrivateKey key = PrivateKeys.read(content, password);
        X509Certificate[] chain = readChain();
        if (!KeyPairCheck.belongTogether(key, chain[0].getPublicKey())) {
            throw mismatch(subject, key, chain);
        }
        return new ClientKeyManager(chain, key);
    }

    private X509Certificate[] readChain() throws TlsMaterialException {
        String subject = certificateSubject();
        byte[] content = certificateContent();
        try {
            return CertificateReader.read(content).toArray(new X509Certificate[0]);
        } catch (PemException e) {
            throw new TlsMaterialException(subject + " " + e.getMessage() + ".", e.fix(), null, certificateSetting());
        }
    }

    private byte[] content(String subject, FileOrPem source, Setting<?> setting) throws TlsMaterialException {
        String pem = source.pem().orElse(null);
        if (pem != null) {
            return pem.getBytes(StandardCharsets.UTF_8);
        }
        Path file = source.file().orElseThrow();
        try {
            return RegularFiles.read(file, setting == Settings.SSLKEY ? FileKind.PRIVATE_KEY : FileKind.CERTIFICATES);
        } catch (UnreadableFileException unreadable) {
            throw new TlsMaterialException(subject + " " + unreadable.reason() + ".", "", unreadable, setting);
        }
    }

    /** Has no cause, because the message of a cause may contain parts of the key. */
    private TlsMaterialException undecryptable(String subject, KeyPasswordException failed) {
        String variable = name(Settings.SSLPASSWORD);
        if (failed.isMissing()) {
            return new TlsMaterialException(
                    subject + " is encrypted, and " + variable + " is not set.",
                    "Set " + variable + ".",
                    null,
                    Settings.SSLKEY);
        }
        return new TlsMaterialException(
                subject + " cannot be decrypted with the password in " + variable + ".",
                "Check " + variable + ".",
                null,
                Settings.SSLKEY,
                Settings.SSLPASSWORD);
    }

    private TlsMaterialException mismatch(String subject, PrivateKey key, X509Certificate[] chain) {
        String message =
                subject + " does not belong to t" + certificateSubject().substring(1) + ".";
        String fix = "Check " + SettingReference.of(settings, Settings.SSLCERT, "and", Settings.SSLKEY) + ".";
        for (int i = 1; i < chain.length; i++) {
            if (KeyPairCheck.belongTogether(key, chain[i].getPublicKey())) {
                message = subject + " belongs to certificate number " + (i + 1) + " of " + name(Settings.SSLCERT)
                        + ", not to the first one.";
                fix = "Write the certificate of the client first, then the intermediate certificates.";
            }
        }
        return new TlsMaterialException(message, fix, null, Settings.SSLCERT, Settings.SSLKEY);
    }

    /** The server would reject an expired certificate, and some servers close the connection without a message. */
    void requireValid(X509Certificate certificate) throws TlsMaterialException {
        String when;
        try {
            certificate.checkValidity();
            return;
        } catch (CertificateExpiredException e) {
            when = "expired on " + certificate.getNotAfter().toInstant();
        } catch (CertificateNotYetValidException e) {
            when = "is not valid before " + certificate.getNotBefore().toInstant();
        }
        throw new TlsMaterialException(
                certificateSubject() + " " + when + ".",
                "Renew it (" + name(certificateSetting()) + "), or correct the clock of this machine.",
                null,
                certificateSetting());
    }

    private Setting<?> certificateSetting() {
        return settings.find(Settings.SSLCERT).isPresent() ? Settings.SSLCERT : Settings.SSLKEY;
    }

    private String keySubject() {
        return subject("client key", keySource, Settings.SSLKEY);
    }

    private String certificateSubject() {
        return subject("client certificate", certificateSource, certificateSetting());
    }

    private String subject(String what, FileOrPem source, Setting<?> setting) {
        return "The " + what + " " + (source.file().isPresent() ? source.toString() : "in " + name(setting));
    }

    private String name(Setting<?> setting) {
        return SettingReference.of(settings, setting);
    }
}
