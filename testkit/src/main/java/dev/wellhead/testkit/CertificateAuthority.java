package dev.wellhead.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * A certificate authority for tests, which signs correct certificates for servers and clients. {@link CertificateDraft}
 * creates others. Thread-safe.
 */
public final class CertificateAuthority {

    private final IssuedCertificate own;

    private CertificateAuthority(IssuedCertificate own) {
        this.own = own;
    }

    /** {@return a root authority} */
    public static CertificateAuthority create(String commonName) {
        return new CertificateAuthority(authority(commonName).selfSigned());
    }

    /** {@return an authority that is signed by this one; certificates that it issues include its own in their chain} */
    public CertificateAuthority intermediate(String commonName) {
        return new CertificateAuthority(authority(commonName).signedBy(own));
    }

    /** {@return a valid certificate for a server with these host names or IP addresses} */
    public IssuedCertificate server(String... hosts) {
        return serverDraft(hosts).signedBy(own);
    }

    /** {@return a certificate for a server that expired yesterday} */
    public IssuedCertificate expiredServer(String... hosts) {
        return serverDraft(hosts).valid(-10, -1).signedBy(own);
    }

    /** {@return a certificate for a server that becomes valid tomorrow} */
    public IssuedCertificate futureServer(String... hosts) {
        return serverDraft(hosts).valid(1, 10).signedBy(own);
    }

    /** {@return a client certificate for logging in as {@code role}} */
    public IssuedCertificate client(String role) {
        return clientDraft(role).signedBy(own);
    }

    /** {@return a client certificate that expired yesterday} */
    public IssuedCertificate expiredClient(String role) {
        return clientDraft(role).valid(-10, -1).signedBy(own);
    }

    /** {@return a client certificate that becomes valid tomorrow} */
    public IssuedCertificate futureClient(String role) {
        return clientDraft(role).valid(1, 10).signedBy(own);
    }

    /** {@return the authority's own certificate with its key} */
    public IssuedCertificate issued() {
        return own.followedBy();
    }

    /** {@return the authority's own certificate} */
    public X509Certificate certificate() {
        return own.certificate();
    }

    /** {@return the certificate in PEM format, as {@code sslrootcert} requires} */
    public String certificatePem() {
        return IssuedCertificate.pem(certificate());
    }

    /** {@return {@code file}, after writing the certificate to it in PEM format} */
    public Path writeTo(Path file) {
        return PostgresServer.unchecked(() -> Files.writeString(file, certificatePem()));
    }

    private static CertificateDraft authority(String commonName) {
        return CertificateDraft.authority("CN=" + commonName, keyPair()).withoutKeyIdentifiers();
    }

    private static CertificateDraft serverDraft(String... hosts) {
        return leaf(hosts[0].replace(":", "\\:"), KeyPurposeId.id_kp_serverAuth).names(hosts);
    }

    private static CertificateDraft clientDraft(String role) {
        return leaf(role, KeyPurposeId.id_kp_clientAuth);
    }

    private static CertificateDraft leaf(String commonName, KeyPurposeId purpose) {
        return CertificateDraft.of("CN=" + commonName, keyPair())
                .withoutKeyIdentifiers()
                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .purposes(purpose);
    }

    private static KeyPair keyPair() {
        return PostgresServer.unchecked(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        });
    }
}
