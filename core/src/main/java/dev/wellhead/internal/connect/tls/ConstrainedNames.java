package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The DNS names and mail addresses of a certificate to which OpenSSL applies name constraints: those of the subject
 * alternative names and the mail addresses of the subject. If the server's certificate has no DNS name, its common
 * names that have the form of one count.
 */
record ConstrainedNames(List<String> dns, List<String> mail) {

    private static final int UNIVERSAL_STRING = 0x1C;
    private static final int BMP_STRING = 0x1E;
    private static final int IA5_STRING = 0x16;

    private static final String COMMON_NAME = "2.5.4.3";
    private static final String MAIL_ADDRESS = "1.2.840.113549.1.9.1";

    static ConstrainedNames of(ChainPosition position) throws ServerCertificateException {
        X509Certificate certificate = position.certificate();
        ConstrainedNames names = new ConstrainedNames(new ArrayList<>(), new ArrayList<>());
        List<String> common = new ArrayList<>(1);
        try {
            names.addAlternatives(certificate);
            names.addSubject(certificate, common);
        } catch (PemException malformed) {
            throw ServerCertificateException.invalid(
                    position.text() + " has names to which name constraints cannot be applied",
                    "Replace the certificate.");
        }
        if (position.isServer() && names.dns.isEmpty()) {
            names.dns.addAll(common);
        }
        return names;
    }

    private void addAlternatives(X509Certificate certificate) throws PemException {
        byte[] extension = Extensions.content(certificate, Extensions.SUBJECT_ALTERNATIVE_NAME);
        if (extension == null) {
            return;
        }
        Der names = Der.of(Der.single(extension, Der.SEQUENCE));
        while (names.tag() != Der.END) {
            int type = names.tag();
            String name = new String(names.read(type), StandardCharsets.ISO_8859_1);
            if (type == NameSubtree.DNS) {
                dns.add(name);
            } else if (type == NameSubtree.MAIL) {
                mail.add(name);
            }
        }
    }

    /** Adds the mail addresses, and the common names with a dot to another list. */
    private void addSubject(X509Certificate certificate, List<String> common) throws PemException {
        Der parts = Der.of(Der.single(certificate.getSubjectX500Principal().getEncoded(), Der.SEQUENCE));
        while (parts.tag() != Der.END) {
            Der attributes = parts.enter(Der.SET);
            while (attributes.tag() != Der.END) {
                Der attribute = attributes.enter(Der.SEQUENCE);
                String type = attribute.identifier();
                int tag = attribute.tag();
                if (type.equals(MAIL_ADDRESS)) {
                    mail.add(new String(attribute.read(IA5_STRING), StandardCharsets.ISO_8859_1));
                } else if (type.equals(COMMON_NAME)) {
                    String name = withoutEnd(new String(attribute.read(tag), encoding(tag)));
                    if (name.indexOf('.') > 0 && name.indexOf(' ') < 0) {
                        common.add(name);
                    }
                }
            }
        }
    }

    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '\0') {
            end--;
        }
        return name.substring(0, end);
    }

    /** Names in other alphabets have no form that a constraint applies to, so UTF-8 needs no decoding. */
    private static Charset encoding(int tag) {
        return switch (tag) {
            case UNIVERSAL_STRING -> Charset.forName("UTF-32BE");
            case BMP_STRING -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.ISO_8859_1;
        };
    }
}
