package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.VariantAuthorities.HOST;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.ROOT;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.RSA_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.SHORT_RSA_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.intermediate;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.keys;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.root;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.server;

import dev.wellhead.testkit.CertificateDraft;
import dev.wellhead.testkit.IssuedCertificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Validity, usages and algorithms of the server's certificate, intermediate certificates and root certificates. */
final class UsageVariants {

    private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
    private static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;
    private static final KeyPurposeId ANY = KeyPurposeId.anyExtendedKeyUsage;
    private static final String NOT_FOR_SERVERS = "is not valid for server authentication (extended key usage";
    private static final String SIGNS =
            "A key that signs the handshake needs the usage digitalSignature (RFC 8446, section 4.4.2.2).";
    private static final String AUTHORITY =
            "The certificate of an authority needs basic constraints (RFC 5280, section 4.2.1.9).";
    private static final ASN1ObjectIdentifier NETSCAPE_TYPE = new ASN1ObjectIdentifier("2.16.840.1.113730.1.1");
    private static final byte[] GARBAGE = {0x30, 0x7F, 0x01};

    private UsageVariants() {}

    static Stream<CertificateVariant> all() {
        return Stream.of(validity(), purposes(), usages(), authorities(), algorithms(), malformed())
                .flatMap(List::stream);
    }

    private static CertificateVariant direct(String name, CertificateDraft server) {
        return CertificateVariant.of(name, server.signedBy(ROOT), ROOT);
    }

    private static CertificateVariant through(String name, CertificateDraft intermediate) {
        return CertificateVariant.of(name, server().signedBy(intermediate.signedBy(ROOT)), ROOT);
    }

    private static CertificateVariant below(String name, CertificateDraft root) {
        IssuedCertificate own = root.selfSigned();
        return CertificateVariant.of(name, server().signedBy(own), own);
    }

    private static CertificateVariant pinned(String name, CertificateDraft server) {
        IssuedCertificate own = server.selfSigned();
        return CertificateVariant.of(name, own, own);
    }

    private static List<CertificateVariant> validity() {
        return List.of(
                direct("server expired", server().valid(-10, -1)).refused("its certificate expired on "),
                direct("server not valid yet", server().valid(1, 10)).refused("its certificate is not valid before "),
                through("intermediate expired", intermediate().valid(-10, -1))
                        .refused("the intermediate certificate 'CN=Intermediate CA' expired on "),
                through("intermediate not valid yet", intermediate().valid(1, 10))
                        .refused("the intermediate certificate 'CN=Intermediate CA' is not valid before "),
                below("root expired", root().valid(-10, -1)).refused("the root certificate 'CN=Our CA' expired on "),
                below("root not valid yet", root().valid(1, 10))
                        .refused("the root certificate 'CN=Our CA' is not valid before "),
                pinned("pinned", server()),
                pinned("pinned, expired", server().valid(-10, -1)).refused("its certificate expired on "),
                pinned("pinned, not valid yet", server().valid(1, 10)).refused("its certificate is not valid before "));
    }

    private static List<CertificateVariant> purposes() {
        return List.of(
                direct("server without purposes", server().without(Extension.extendedKeyUsage)),
                direct("server with both purposes", server().purposes(CLIENT, SERVER)),
                direct("server for clients", server().purposes(CLIENT)).refused("its certificate " + NOT_FOR_SERVERS),
                direct("server for any purpose", server().purposes(ANY)).refused("its certificate " + NOT_FOR_SERVERS),
                direct("server for any purpose and servers", server().purposes(ANY, SERVER)),
                direct("server for code signing", server().purposes(KeyPurposeId.id_kp_codeSigning))
                        .refused("its certificate " + NOT_FOR_SERVERS),
                through("intermediate for servers", intermediate().purposes(SERVER)),
                through("intermediate for clients", intermediate().purposes(CLIENT))
                        .refused("the intermediate certificate 'CN=Intermediate CA' " + NOT_FOR_SERVERS),
                through("intermediate for any purpose", intermediate().purposes(ANY))
                        .refused("the intermediate certificate 'CN=Intermediate CA' " + NOT_FOR_SERVERS),
                below("root for servers", root().purposes(SERVER)),
                below("root for clients", root().purposes(CLIENT))
                        .refused("the root certificate 'CN=Our CA' " + NOT_FOR_SERVERS),
                pinned("pinned for clients", server().purposes(CLIENT)).refused("its certificate " + NOT_FOR_SERVERS),
                pinned("pinned without purposes", server().without(Extension.extendedKeyUsage)));
    }

    private static List<CertificateVariant> usages() {
        return List.of(
                direct("server without key usage", server().without(Extension.keyUsage)),
                direct("server, key encipherment", server().usage(KeyUsage.keyEncipherment))
                        .refusedOnlyByUs("key usage without digitalSignature", SIGNS),
                direct("server, key agreement", server().usage(KeyUsage.keyAgreement))
                        .refusedOnlyByUs("key usage without digitalSignature", SIGNS),
                direct("server, certificate signing", server().usage(KeyUsage.keyCertSign))
                        .refused("key usage without digitalSignature"),
                direct(
                                "server, Netscape type of a client",
                                server().extension(NETSCAPE_TYPE, false, new DERBitString(0x80)))
                        .refused("is not valid for servers (Netscape certificate type)"),
                direct(
                        "server, Netscape type of a server",
                        server().extension(NETSCAPE_TYPE, false, new DERBitString(0x40))),
                pinned("pinned, certificate signing", server().usage(KeyUsage.keyCertSign))
                        .refused("key usage without digitalSignature"),
                through(
                                "intermediate without certificate signing",
                                intermediate().usage(KeyUsage.cRLSign))
                        .refused("key usage without keyCertSign"),
                through("intermediate without key usage", intermediate().without(Extension.keyUsage)),
                through(
                                "intermediate, malformed key usage",
                                intermediate().extension(Extension.keyUsage, false, GARBAGE))
                        .refused("has a malformed extension (key usage)"),
                below("root without certificate signing", root().usage(KeyUsage.cRLSign))
                        .refused("key usage without keyCertSign"),
                below("root without key usage", root().without(Extension.keyUsage)));
    }

    private static List<CertificateVariant> authorities() {
        BasicConstraints none = new BasicConstraints(false);
        return List.of(
                direct("server without basic constraints", server().without(Extension.basicConstraints)),
                direct(
                        "server is an authority",
                        server().extension(Extension.basicConstraints, true, new BasicConstraints(true))),
                through(
                                "intermediate is not an authority",
                                intermediate().extension(Extension.basicConstraints, true, none))
                        .refused(
                                "the intermediate certificate 'CN=Intermediate CA' does not belong to a certificate authority"),
                through("intermediate without basic constraints", intermediate().without(Extension.basicConstraints))
                        .refused("does not belong to a certificate authority"),
                through(
                                "intermediate without basic constraints and usage",
                                intermediate()
                                        .without(Extension.basicConstraints)
                                        .without(Extension.keyUsage))
                        .refused("does not belong to a certificate authority"),
                through(
                                "intermediate, malformed basic constraints",
                                intermediate().extension(Extension.basicConstraints, false, GARBAGE))
                        .refused("has a malformed extension (basic constraints)"),
                through("intermediate of version 1", intermediate().firstVersion())
                        .refused("does not belong to a certificate authority"),
                CertificateVariant.of(
                                "server below a server",
                                CertificateDraft.server(RSA_KEYS, HOST).signedBy(server().signedBy(ROOT)),
                                ROOT)
                        .refused("not valid for signing certificates"),
                below("root is not an authority", root().extension(Extension.basicConstraints, true, none))
                        .refused("the root certificate 'CN=Our CA' does not belong to a certificate authority"),
                below("root without basic constraints", root().without(Extension.basicConstraints))
                        .refusedOnlyByUs("does not belong to a certificate authority", AUTHORITY),
                below("root of version 1", root().firstVersion()));
    }

    private static List<CertificateVariant> algorithms() {
        IssuedCertificate rsaRoot =
                CertificateDraft.authority("CN=RSA CA", RSA_KEYS).selfSigned();
        IssuedCertificate shortRoot =
                CertificateDraft.authority("CN=Short CA", SHORT_RSA_KEYS).selfSigned();
        IssuedCertificate edwardsRoot =
                CertificateDraft.authority("CN=Edwards CA", keys("Ed25519", 0)).selfSigned();
        return List.of(
                direct("server signed with SHA-1", server().signedWith("SHA1withECDSA"))
                        .refused("its certificate is signed with SHA1withECDSA, which is too weak"),
                direct("server signed with SHA-384", server().signedWith("SHA384withECDSA")),
                through("intermediate signed with SHA-1", intermediate().signedWith("SHA1withECDSA"))
                        .refused("the intermediate certificate 'CN=Intermediate CA' is signed with SHA1withECDSA"),
                below("root signed with SHA-1", root().signedWith("SHA1withECDSA")),
                CertificateVariant.of(
                                "server signed with SHA-1 and RSA",
                                server().signedWith("SHA1withRSA").signedBy(rsaRoot),
                                rsaRoot)
                        .refused("its certificate is signed with SHA1withRSA"),
                CertificateVariant.of(
                        "server signed with PSS",
                        server().signedWith("SHA256withRSAandMGF1").signedBy(rsaRoot),
                        rsaRoot),
                direct("RSA key of 2048 bits", CertificateDraft.server(RSA_KEYS, HOST)),
                direct("RSA key of 1024 bits", CertificateDraft.server(SHORT_RSA_KEYS, HOST))
                        .refused("its certificate has a key that is too weak: the RSA key of 1024 bits"),
                CertificateVariant.of("root with an RSA key of 1024 bits", server().signedBy(shortRoot), shortRoot)
                        .refused("the root certificate 'CN=Short CA' has a key that is too weak"),
                direct("EC key of 384 bits", CertificateDraft.server(keys("EC", 384), HOST)),
                direct("Ed25519 key", CertificateDraft.server(keys("Ed25519", 0), HOST)),
                CertificateVariant.of("root with an Ed25519 key", server().signedBy(edwardsRoot), edwardsRoot));
    }

    /**
     * PostgreSQL does not load a server certificate with a malformed extension, so ChainVerificationTest has that case.
     */
    private static List<CertificateVariant> malformed() {
        byte[] wrongType = {1, 1, (byte) 0xFF};
        List<CertificateVariant> variants = new ArrayList<>();
        for (ASN1ObjectIdentifier oid : List.of(
                Extension.cRLDistributionPoints,
                NETSCAPE_TYPE,
                Extension.subjectAlternativeName,
                Extension.basicConstraints,
                Extension.keyUsage,
                Extension.extendedKeyUsage,
                Extension.nameConstraints,
                Extension.subjectKeyIdentifier,
                Extension.authorityKeyIdentifier)) {
            variants.add(
                    through("intermediate, malformed " + oid, intermediate().extension(oid, false, wrongType))
                            .refused(""));
            variants.add(below("root, malformed " + oid, root().extension(oid, false, wrongType))
                    .refused(""));
        }
        variants.add(direct(
                        "server, negative path length",
                        server().extension(
                                        Extension.basicConstraints,
                                        true,
                                        HexFormat.of().parseHex("30060101FF0201FF")))
                .refused("its certificate has a malformed extension (basic constraints)"));
        variants.add(direct(
                        "server, Netscape type of a client with a second byte",
                        server().extension(NETSCAPE_TYPE, false, new DERBitString(new byte[] {(byte) 0x80, 0x40})))
                .refused("is not valid for servers (Netscape certificate type)"));
        return variants;
    }
}
