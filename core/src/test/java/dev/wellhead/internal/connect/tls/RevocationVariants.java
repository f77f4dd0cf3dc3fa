package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.VariantAuthorities.INTERMEDIATE;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.OTHER_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.ROOT;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.intermediate;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.root;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.server;

import dev.wellhead.testkit.CertificateDraft;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.RevocationListDraft;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.jspecify.annotations.Nullable;

/** Revocation lists: complete, missing, expired, of another key, and for a part of the certificates. */
final class RevocationVariants {

    private static final String NO_LIST = "contains no revocation list of ";
    private static final String PARTIAL = "A list for a part of the certificates is not supported.";
    private static final String OLD_HASH = "A list needs a signature as strong as that of a certificate.";

    private static final String INCOMPLETE = "A list that cannot be read completely proves nothing.";
    private static final String REMOVED = "Such an entry belongs in a delta list, which is not supported.";
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private RevocationVariants() {}

    static Stream<CertificateVariant> all() {
        IssuedCertificate direct = server().signedBy(ROOT);
        IssuedCertificate throughIntermediate = server().signedBy(INTERMEDIATE);
        IssuedCertificate sameName =
                CertificateDraft.authority("CN=Our CA", OTHER_KEYS).selfSigned();
        IssuedCertificate rootWithoutListSigning =
                root().usage(KeyUsage.keyCertSign).selfSigned();
        IssuedCertificate intermediateWithoutListSigning =
                intermediate().usage(KeyUsage.keyCertSign).signedBy(ROOT);
        IssuedCertificate pinned = server().selfSigned();
        IssuedCertificate pinnedSigner =
                server().usage(KeyUsage.digitalSignature | KeyUsage.cRLSign).selfSigned();
        String ofRoot = RevocationListDraft.of(ROOT).pem();
        String ofIntermediate = RevocationListDraft.of(INTERMEDIATE).pem();
        String older = RevocationListDraft.of(ROOT, -5, 10)
                .revoke(direct.certificate())
                .pem();
        String revoked =
                RevocationListDraft.of(ROOT).revoke(direct.certificate()).pem();
        return Stream.concat(
                lists(direct),
                Stream.of(
                        CertificateVariant.of("nothing revoked", direct, ROOT).lists(ofRoot),
                        CertificateVariant.of("nothing revoked, intermediate", throughIntermediate, ROOT)
                                .lists(ofRoot, ofIntermediate),
                        CertificateVariant.of("nothing revoked, intermediate, other order", throughIntermediate, ROOT)
                                .lists(ofIntermediate, ofRoot),
                        CertificateVariant.of("server revoked", direct, ROOT)
                                .lists(revoked)
                                .refused("its certificate was revoked on "),
                        CertificateVariant.of("server revoked by the intermediate", throughIntermediate, ROOT)
                                .lists(
                                        ofRoot,
                                        RevocationListDraft.of(INTERMEDIATE)
                                                .revoke(throughIntermediate.certificate())
                                                .pem())
                                .refused("its certificate was revoked on "),
                        CertificateVariant.of("another certificate revoked", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT)
                                        .revoke(throughIntermediate.certificate())
                                        .pem()),
                        CertificateVariant.of("intermediate revoked", throughIntermediate, ROOT)
                                .lists(
                                        RevocationListDraft.of(ROOT)
                                                .revoke(INTERMEDIATE.certificate())
                                                .pem(),
                                        ofIntermediate)
                                .refused("the intermediate certificate 'CN=Intermediate CA' was revoked on "),
                        CertificateVariant.of("root revoked", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT)
                                        .revoke(ROOT.certificate())
                                        .pem())
                                .refused("the root certificate 'CN=Our CA' was revoked on "),
                        CertificateVariant.of("no list of the intermediate", throughIntermediate, ROOT)
                                .lists(ofRoot)
                                .refused(NO_LIST + "'CN=Intermediate CA', which issued its certificate"),
                        CertificateVariant.of("no list of the root", throughIntermediate, ROOT)
                                .lists(ofIntermediate)
                                .refused(NO_LIST + "'CN=Our CA'"),
                        CertificateVariant.of("list of another authority", direct, ROOT)
                                .lists(ofIntermediate)
                                .refused(NO_LIST),
                        CertificateVariant.of("list expired", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT, -10, -1).pem())
                                .refused("which issued its certificate, expired on "),
                        CertificateVariant.of("list not valid yet", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT, 1, 10).pem())
                                .refused("which issued its certificate, is not valid before "),
                        CertificateVariant.of("expired list and a current one", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT, -10, -1).pem(), ofRoot),
                        CertificateVariant.of("revoked in the older of two lists", direct, ROOT)
                                .lists(older, ofRoot),
                        CertificateVariant.of("revoked in the newer of two lists", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT, -5, 10).pem(), revoked)
                                .refused("its certificate was revoked on "),
                        CertificateVariant.of("list signed with another key", direct, ROOT)
                                .lists(RevocationListDraft.of(sameName).pem())
                                .refused("was signed with another key"),
                        CertificateVariant.of(
                                        "root without list signing",
                                        server().signedBy(rootWithoutListSigning),
                                        rootWithoutListSigning)
                                .lists(RevocationListDraft.of(rootWithoutListSigning)
                                        .pem())
                                .refused("key usage without cRLSign"),
                        CertificateVariant.of(
                                        "intermediate without list signing",
                                        server().signedBy(intermediateWithoutListSigning),
                                        ROOT)
                                .lists(
                                        ofRoot,
                                        RevocationListDraft.of(intermediateWithoutListSigning)
                                                .pem())
                                .refused("key usage without cRLSign"),
                        CertificateVariant.of("list with an unknown critical extension", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT)
                                        .extension(UNKNOWN, true, DERNull.INSTANCE)
                                        .pem())
                                .refused("covers only a part of the certificates"),
                        CertificateVariant.of("list for servers and users only", direct, ROOT)
                                .lists(partial(true, false))
                                .refused("covers only a part of the certificates"),
                        CertificateVariant.of("list for authorities only", direct, ROOT)
                                .lists(partial(false, true))
                                .refused("covers only a part of the certificates"),
                        CertificateVariant.of("lists for servers and authorities", direct, ROOT)
                                .lists(partial(true, false), partial(false, true))
                                .refusedOnlyByUs("covers only a part of the certificates", PARTIAL),
                        CertificateVariant.of("list signed with SHA-1", direct, ROOT)
                                .lists(RevocationListDraft.of(ROOT)
                                        .signedWith("SHA1withECDSA")
                                        .pem())
                                .refusedOnlyByUs("is signed with SHA1withECDSA, which is too weak", OLD_HASH),
                        CertificateVariant.of("pinned without list signing", pinned, pinned)
                                .lists(RevocationListDraft.of(pinned).pem())
                                .refused("key usage without cRLSign"),
                        CertificateVariant.of("pinned with its own list", pinnedSigner, pinnedSigner)
                                .lists(RevocationListDraft.of(pinnedSigner).pem()),
                        CertificateVariant.of("pinned with the list of another", pinned, pinned)
                                .lists(ofRoot)
                                .refused(NO_LIST)));
    }

    private static Stream<CertificateVariant> lists(IssuedCertificate server) {
        BigInteger own = server.certificate().getSerialNumber();
        BigInteger other = BigInteger.TWO;
        DistributionPointName location = new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "http://a/b")));
        ReasonFlags reasons = new ReasonFlags(ReasonFlags.keyCompromise);
        String partial = "covers only a part of the certificates";
        String entry = "has an entry with an extension that is not supported";
        String invalid = "does not contain valid X.509 revocation lists";
        String revoked = "its certificate was revoked on ";
        GeneralNames issuer = new GeneralNames(new GeneralName(new X500Name("CN=Other CA")));
        return Stream.of(
                of("list for servers, not critical", server, scope(null, true, false, null, false, false))
                        .refused(partial),
                of("list for authorities, not critical", server, scope(null, false, true, null, false, false))
                        .refused(partial),
                of("list for attributes, not critical", server, scope(null, false, false, null, false, true))
                        .refused(partial),
                of("list for some reasons, not critical", server, scope(null, false, false, reasons, false, false))
                        .refused(partial),
                of("indirect list, not critical", server, scope(null, false, false, null, true, false))
                        .refused(partial),
                of("list of a location, not critical", server, scope(location, false, false, null, false, false))
                        .refused(partial),
                of(
                                "delta, not critical",
                                server,
                                RevocationListDraft.of(ROOT)
                                        .extension(Extension.cRLNumber, false, new CRLNumber(BigInteger.TEN))
                                        .extension(Extension.deltaCRLIndicator, false, new CRLNumber(BigInteger.ONE)))
                        .refusedOnlyByUs(partial, PARTIAL),
                of(
                                "list with another key identifier",
                                server,
                                RevocationListDraft.of(ROOT)
                                        .extension(
                                                Extension.authorityKeyIdentifier,
                                                false,
                                                new AuthorityKeyIdentifier(new byte[] {1, 2, 3})))
                        .refused("was signed with another key"),
                of("other entry with a critical extension", server, withEntry(other, UNKNOWN, true, DERNull.INSTANCE))
                        .refused(entry),
                of("other entry with an extension", server, withEntry(other, UNKNOWN, false, DERNull.INSTANCE)),
                of("entry of another issuer", server, withEntry(own, Extension.certificateIssuer, true, issuer))
                        .refusedOnlyByUs(entry, PARTIAL),
                of(
                                "malformed number of the list",
                                server,
                                RevocationListDraft.of(ROOT).extension(Extension.cRLNumber, false, ASN1Boolean.TRUE))
                        .refusedOnlyByUs(invalid, INCOMPLETE),
                of(
                                "malformed key identifier of the list",
                                server,
                                RevocationListDraft.of(ROOT)
                                        .extension(Extension.authorityKeyIdentifier, false, ASN1Boolean.TRUE))
                        .refusedOnlyByUs(invalid, INCOMPLETE),
                of("malformed reason", server, withEntry(other, Extension.reasonCode, false, ASN1Boolean.TRUE))
                        .refusedOnlyByUs(invalid, INCOMPLETE),
                of("on hold", server, RevocationListDraft.of(ROOT).entry(own, CRLReason.certificateHold))
                        .refused(revoked),
                of("removed", server, RevocationListDraft.of(ROOT).entry(own, CRLReason.removeFromCRL))
                        .refusedOnlyByUs(revoked, REMOVED),
                of(
                                "on hold and removed",
                                server,
                                RevocationListDraft.of(ROOT)
                                        .entry(own, CRLReason.certificateHold)
                                        .entry(own, CRLReason.removeFromCRL))
                        .refused(revoked),
                of(
                                "removed and on hold",
                                server,
                                RevocationListDraft.of(ROOT)
                                        .entry(own, CRLReason.removeFromCRL)
                                        .entry(own, CRLReason.certificateHold))
                        .refusedOnlyByUs(revoked, REMOVED),
                CertificateVariant.of("list after a certificate", server, ROOT)
                        .lists(
                                IssuedCertificate.pem(ROOT.certificate()),
                                RevocationListDraft.of(ROOT).pem()));
    }

    private static CertificateVariant of(String name, IssuedCertificate server, RevocationListDraft list) {
        return CertificateVariant.of(name, server, ROOT).lists(list.pem());
    }

    private static RevocationListDraft withEntry(
            BigInteger serial, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        return RevocationListDraft.of(ROOT).entry(serial, oid, critical, value);
    }

    private static RevocationListDraft scope(
            @Nullable DistributionPointName location,
            boolean servers,
            boolean authorities,
            @Nullable ReasonFlags reasons,
            boolean indirect,
            boolean attributes) {
        return RevocationListDraft.of(ROOT)
                .extension(
                        Extension.issuingDistributionPoint,
                        false,
                        new IssuingDistributionPoint(location, servers, authorities, reasons, indirect, attributes));
    }

    private static String partial(boolean servers, boolean authorities) {
        return RevocationListDraft.of(ROOT)
                .extension(
                        Extension.issuingDistributionPoint,
                        true,
                        new IssuingDistributionPoint(null, servers, authorities, null, false, false))
                .pem();
    }
}
