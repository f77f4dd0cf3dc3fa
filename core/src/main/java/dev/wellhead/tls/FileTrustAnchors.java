package dev.wellhead.tls;

import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The certificates of a PEM or DER file. The file is read on every call, because operators replace it in place. */
final class FileTrustAnchors implements TrustAnchors {

    private final Path file;

    FileTrustAnchors(Path file) {
        this.file = file;
    }

    @Override
    public String description() {
        return "root certificate file " + file;
    }

    @Override
    public Collection<X509Certificate> certificates() throws IOException, GeneralSecurityException {
        byte[] content;
        try {
            content = RegularFiles.read(file, FileKind.CERTIFICATES);
        } catch (UnreadableFileException unreadable) {
            throw new IOException("The root certificate file " + file + " " + unreadable.reason() + ".", unreadable);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException malformed) {
            throw new CertificateException(
                    "The root certificate file " + file
                            + " does not contain valid X.509 certificates in PEM or DER format.",
                    malformed);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("The root certificate file " + file + " contains no certificate.");
        }
        return certificates;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileTrustAnchors that && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    @Override
    public String toString() {
        return description();
    }
}
