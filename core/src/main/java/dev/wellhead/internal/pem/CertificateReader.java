package dev.wellhead.internal.pem;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads certificates from PEM text or DER. In PEM text, only blocks of certificates count, as in OpenSSL: keys and text
 * between them are skipped.
 */
public final class CertificateReader {

    private CertificateReader() {}

    /**
     * {@return the certificates, in their order; at least one}
     *
     * @throws PemException if there is none, or if one cannot be parsed
     */
    public static List<X509Certificate> read(byte[] content) throws PemException {
        List<X509Certificate> certificates = new ArrayList<>(2);
        List<PemBlock> blocks = PemBlocks.of(content);
        for (PemBlock block : blocks) {
            switch (block.label()) {
                case "CERTIFICATE", "X509 CERTIFICATE" -> certificates.add(parse(block.decode(), certificates.size()));
                case "TRUSTED CERTIFICATE" -> {
                    byte[] trusted = TrustedCertificate.read(block.decode());
                    if (trusted != null) {
                        certificates.add(parse(trusted, certificates.size()));
                    }
                }
                default -> {}
            }
        }
        if (!certificates.isEmpty()) {
            return certificates;
        }
        ContentKind kind = ContentRecognition.kindOf(content);
        if (kind != ContentKind.CERTIFICATE) {
            throw new PemException(kind.description() + ", not a certificate", kind.fix());
        }
        if (!blocks.isEmpty()) {
            throw new PemException(
                    "contains only certificates that are not trusted for servers",
                    "Remove the trust attributes with: openssl x509 -in FILE -out NEW");
        }
        return List.of(parse(content, 0));
    }

    private static X509Certificate parse(byte[] der, int before) throws PemException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | RuntimeException e) {
            throw new PemException(String.format(
                    Locale.ROOT, "contains a certificate (number %d) that is not valid X.509", before + 1));
        }
    }
}
