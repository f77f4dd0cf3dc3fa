package dev.wellhead.testkit;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for tests with any content, including content that breaks the rules. It is valid from yesterday for
 * thirty days unless {@link #valid} is called. Not thread-safe.
 */
public final class CertificateDraft {

    private static final AtomicLong SERIAL = new AtomicLong(1_000_000);

    private final X500Name subject;
    private final KeyPair keys;
    private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
    private int fromDay = -1;
    private int untilDay = 30;
    private String algorithm = "";
    private boolean firstVersion;
    private boolean identifiesKeys = true;

    private CertificateDraft(X500Name subject, KeyPair keys) {
        this.subject = subject;
        this.keys = keys;
    }

    /** {@return a draft without extensions} */
    public static CertificateDraft of(String subject, KeyPair keys) {
        return of(new X500Name(subject), keys);
    }

    /** {@return a draft without extensions} */
    public static CertificateDraft of(X500Name subject, KeyPair keys) {
        return new CertificateDraft(subject, keys);
    }

    /** {@return a draft with the usual extensions of a server's certificate} */
    public static CertificateDraft server(KeyPair keys, String... hosts) {
        return of("CN=server", keys)
                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .usage(KeyUsage.digitalSignature)
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .names(hosts);
    }

    /** {@return a draft with the usual extensions of an authority's certificate} */
    public static CertificateDraft authority(String subject, KeyPair keys) {
        return of(subject, keys)
                .extension(Extension.basicConstraints, true, new BasicConstraints(true))
                .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /** Sets the validity in days from now. */
    public CertificateDraft valid(int from, int until) {
        fromDay = from;
        untilDay = until;
        return this;
    }

    /** Sets the algorithm of the signature; the default depends on the key of the issuer. */
    public CertificateDraft signedWith(String name) {
        algorithm = name;
        return this;
    }

    /** Makes the certificate one of X.509 version 1, which has no extensions. */
    public CertificateDraft firstVersion() {
        firstVersion = true;
        return this;
    }

    /** Leaves out the identifiers of the subject's and the issuer's key. */
    public CertificateDraft withoutKeyIdentifiers() {
        identifiesKeys = false;
        return this;
    }

    /** Sets the maximum number of intermediate certificates below an authority. */
    public CertificateDraft pathLength(int length) {
        return extension(Extension.basicConstraints, true, new BasicConstraints(length));
    }

    /** Sets the bits of {@link KeyUsage}. */
    public CertificateDraft usage(int bits) {
        return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    /** Sets the extended key usage. */
    public CertificateDraft purposes(KeyPurposeId... purposes) {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    /** Sets the subject alternative names: DNS names and IP addresses. */
    public CertificateDraft names(String... hosts) {
        GeneralName[] names = new GeneralName[hosts.length];
        for (int i = 0; i < hosts.length; i++) {
            boolean address = hosts[i].matches("[0-9.]+|.*:.*");
            names[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
        }
        return extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    /** Permits and excludes names below this authority. An empty list means no constraint. */
    public CertificateDraft constraints(List<GeneralName> permitted, List<GeneralName> excluded) {
        return extension(Extension.nameConstraints, true, new NameConstraints(subtrees(permitted), subtrees(excluded)));
    }

    private static GeneralSubtree @Nullable [] subtrees(List<GeneralName> names) {
        return names.isEmpty() ? null : names.stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
    }

    /** Adds or replaces an extension. */
    public CertificateDraft extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        return PostgresServer.unchecked(
                () -> extension(oid, critical, value.toASN1Primitive().getEncoded()));
    }

    /** Adds or replaces an extension with any content. */
    public CertificateDraft extension(ASN1ObjectIdentifier oid, boolean critical, byte[] content) {
        extensions.put(oid, new Extension(oid, critical, new DEROctetString(content)));
        return this;
    }

    /** Removes an extension. */
    public CertificateDraft without(ASN1ObjectIdentifier oid) {
        extensions.remove(oid);
        return this;
    }

    /** {@return the certificate, signed with its own key} */
    public IssuedCertificate selfSigned() {
        return issue(subject, keys, List.of());
    }

    /** {@return the certificate, followed by the chain of {@code issuer} unless the issuer is self-signed} */
    public IssuedCertificate signedBy(IssuedCertificate issuer) {
        X509Certificate own = issuer.certificate();
        boolean root = own.getSubjectX500Principal().equals(own.getIssuerX500Principal());
        X500Name name = X500Name.getInstance(own.getSubjectX500Principal().getEncoded());
        return issue(name, issuer.keys(), root ? List.of() : issuer.chain());
    }

    private IssuedCertificate issue(X500Name issuer, KeyPair signing, List<X509Certificate> intermediates) {
        return PostgresServer.unchecked(() -> {
            JcaContentSignerBuilder signers = new JcaContentSignerBuilder(algorithm(signing));
            if (algorithm.endsWith("MGF1")) {
                // the JDK has RSASSA-PSS by another name
                signers.setProvider(new BouncyCastleProvider());
            }
            ContentSigner signer = signers.build(signing.getPrivate());
            BigInteger serial = BigInteger.valueOf(SERIAL.incrementAndGet());
            Date from = day(fromDay);
            Date until = day(untilDay);
            List<X509Certificate> chain = new ArrayList<>();
            if (firstVersion) {
                X509v1CertificateBuilder builder =
                        new JcaX509v1CertificateBuilder(issuer, serial, from, until, subject, keys.getPublic());
                chain.add(new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
            } else {
                X509v3CertificateBuilder builder =
                        new JcaX509v3CertificateBuilder(issuer, serial, from, until, subject, keys.getPublic());
                for (Extension extension : extensions(signing).values()) {
                    builder.addExtension(extension);
                }
                chain.add(new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
            }
            chain.addAll(intermediates);
            return new IssuedCertificate(List.copyOf(chain), keys);
        });
    }

    private Map<ASN1ObjectIdentifier, Extension> extensions(KeyPair signing) throws Exception {
        Map<ASN1ObjectIdentifier, Extension> all = new LinkedHashMap<>();
        if (identifiesKeys) {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            all.put(
                    Extension.subjectKeyIdentifier,
                    Extension.create(
                            Extension.subjectKeyIdentifier,
                            false,
                            identifiers.createSubjectKeyIdentifier(keys.getPublic())));
            all.put(
                    Extension.authorityKeyIdentifier,
                    Extension.create(
                            Extension.authorityKeyIdentifier,
                            false,
                            identifiers.createAuthorityKeyIdentifier(signing.getPublic())));
        }
        all.putAll(extensions);
        return all;
    }

    private String algorithm(KeyPair signing) {
        if (!algorithm.isEmpty()) {
            return algorithm;
        }
        return switch (signing.getPrivate().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }

    private static Date day(int days) {
        return Date.from(Instant.now().plus(Duration.ofDays(days)));
    }
}
