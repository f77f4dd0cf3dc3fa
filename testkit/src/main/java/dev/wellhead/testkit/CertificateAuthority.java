package dev.wellhead.testkit;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests, which signs certificates for servers and clients. Thread-safe. */
public final class CertificateAuthority {

    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final X500Name name;
    private final X509Certificate certificate;
    private final KeyPair keys;
    private final List<X509Certificate> intermediates;

    private CertificateAuthority(
            X500Name name, X509Certificate certificate, KeyPair keys, List<X509Certificate> intermediates) {
        this.name = name;
        this.certificate = certificate;
        this.keys = keys;
        this.intermediates = intermediates;
    }

    /** {@return a root authority} */
    public static CertificateAuthority create(String commonName) {
        return PostgresServer.unchecked(() -> {
            KeyPair keys = keyPair();
            X500Name name = new X500Name("CN=" + commonName);
            X509Certificate certificate = sign(authority(request(name, name, keys, validity())), keys);
            return new CertificateAuthority(name, certificate, keys, List.of());
        });
    }

    /** {@return an authority that is signed by this one; certificates that it issues include its own in their chain} */
    public CertificateAuthority intermediate(String commonName) {
        return PostgresServer.unchecked(() -> {
            KeyPair own = keyPair();
            X500Name subject = new X500Name("CN=" + commonName);
            X509Certificate signed = sign(authority(request(name, subject, own, validity())), keys);
            List<X509Certificate> chain = new ArrayList<>(List.of(signed));
            chain.addAll(intermediates);
            return new CertificateAuthority(subject, signed, own, List.copyOf(chain));
        });
    }

    /** {@return a valid certificate for a server with these host names or IP addresses} */
    public IssuedCertificate server(String... hosts) {
        return issueServer(validity(), hosts);
    }

    /** {@return a certificate for a server that expired yesterday} */
    public IssuedCertificate expiredServer(String... hosts) {
        Instant now = Instant.now();
        return issueServer(new Validity(now.minus(Duration.ofDays(10)), now.minus(Duration.ofDays(1))), hosts);
    }

    /** {@return a certificate for a server that becomes valid tomorrow} */
    public IssuedCertificate futureServer(String... hosts) {
        Instant now = Instant.now();
        return issueServer(new Validity(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(10))), hosts);
    }

    /** {@return a client certificate for logging in as {@code role}} */
    public IssuedCertificate client(String role) {
        return issueClient(validity(), role);
    }

    /** {@return a client certificate that expired yesterday} */
    public IssuedCertificate expiredClient(String role) {
        Instant now = Instant.now();
        return issueClient(new Validity(now.minus(Duration.ofDays(10)), now.minus(Duration.ofDays(1))), role);
    }

    /** {@return a client certificate that becomes valid tomorrow} */
    public IssuedCertificate futureClient(String role) {
        Instant now = Instant.now();
        return issueClient(new Validity(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(10))), role);
    }

    private IssuedCertificate issueClient(Validity validity, String role) {
        return PostgresServer.unchecked(() -> {
            KeyPair own = keyPair();
            X509v3CertificateBuilder request = request(name, new X500Name("CN=" + role), own, validity);
            return issued(leaf(request, KeyPurposeId.id_kp_clientAuth), own);
        });
    }

    /** {@return the authority's own certificate with its key} */
    public IssuedCertificate issued() {
        return new IssuedCertificate(List.of(certificate), keys);
    }

    /** {@return the authority's own certificate} */
    public X509Certificate certificate() {
        return certificate;
    }

    /** {@return the certificate in PEM format, as {@code sslrootcert} requires} */
    public String certificatePem() {
        return IssuedCertificate.pem("CERTIFICATE", PostgresServer.unchecked(certificate::getEncoded));
    }

    /** {@return {@code file}, after writing the certificate to it in PEM format} */
    public Path writeTo(Path file) {
        return PostgresServer.unchecked(() -> Files.writeString(file, certificatePem()));
    }

    private IssuedCertificate issueServer(Validity validity, String... hosts) {
        return PostgresServer.unchecked(() -> {
            KeyPair own = keyPair();
            X509v3CertificateBuilder request =
                    request(name, new X500Name("CN=" + hosts[0].replace(":", "\\:")), own, validity);
            GeneralName[] names = new GeneralName[hosts.length];
            for (int i = 0; i < hosts.length; i++) {
                boolean address = hosts[i].matches("[0-9.]+|.*:.*");
                names[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
            }
            request.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            return issued(leaf(request, KeyPurposeId.id_kp_serverAuth), own);
        });
    }

    private IssuedCertificate issued(X509v3CertificateBuilder request, KeyPair own)
            throws GeneralSecurityException, OperatorCreationException {
        List<X509Certificate> chain = new ArrayList<>(List.of(sign(request, keys)));
        chain.addAll(intermediates);
        return new IssuedCertificate(List.copyOf(chain), own);
    }

    private static X509v3CertificateBuilder request(
            X500Name issuer, X500Name subject, KeyPair keys, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                keys.getPublic());
    }

    private static X509v3CertificateBuilder authority(X509v3CertificateBuilder request) throws CertIOException {
        return request.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static X509v3CertificateBuilder leaf(X509v3CertificateBuilder request, KeyPurposeId purpose)
            throws CertIOException {
        return request.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static X509Certificate sign(X509v3CertificateBuilder request, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        request.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Validity validity() {
        Instant now = Instant.now();
        return new Validity(now.minus(Duration.ofHours(1)), now.plus(VALIDITY));
    }

    private record Validity(Instant from, Instant until) {}
}
