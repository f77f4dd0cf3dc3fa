package dev.wellhead.tls;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.pem.CertificateReader;
import dev.wellhead.internal.pem.ContentRecognition;
import dev.wellhead.internal.pem.KeyPasswordException;
import dev.wellhead.internal.pem.KeyStores;
import dev.wellhead.internal.pem.PemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a PEM or DER file, of a key store, or of PEM text. A file is read on every call, because
 * operators replace it in place.
 */
final class FileTrustAnchors implements TrustAnchors {

    private final FileOrPem source;
    private final @Nullable String storePassword;

    /** @param storePassword of a key store; null if there is none */
    FileTrustAnchors(FileOrPem source, @Nullable String storePassword) {
        this.source = source;
        this.storePassword = storePassword;
    }

    @Override
    public String description() {
        return source.file().isPresent() ? "root certificate file " + source : "root certificates in " + source;
    }

    @Override
    public Collection<X509Certificate> certificates() throws IOException, CertificateException {
        String pem = source.pem().orElse(null);
        String subject = pem == null ? "The root certificate file " + source : "The root certificate, a PEM text,";
        byte[] content =
                pem == null ? read(source.file().orElseThrow(), subject) : pem.getBytes(StandardCharsets.UTF_8);
        try {
            return ContentRecognition.kindOf(content).isKeyStore()
                    ? KeyStores.certificates(content, storePassword == null ? null : storePassword.toCharArray())
                    : CertificateReader.read(content);
        } catch (KeyPasswordException e) {
            throw new CertificateException(
                    subject + " is a key store "
                            + (e.isMissing()
                                    ? "that needs a password."
                                    : "that cannot be opened with the password that is set."),
                    e);
        } catch (PemException e) {
            String fix = e.fix();
            throw new CertificateException(subject + " " + e.getMessage() + "." + (fix.isEmpty() ? "" : " " + fix), e);
        }
    }

    private static byte[] read(Path file, String subject) throws IOException {
        try {
            return RegularFiles.read(file, FileKind.CERTIFICATES);
        } catch (UnreadableFileException unreadable) {
            throw new IOException(subject + " " + unreadable.reason() + ".", unreadable);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileTrustAnchors that
                && source.equals(that.source)
                && Objects.equals(storePassword, that.storePassword);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return description();
    }
}
