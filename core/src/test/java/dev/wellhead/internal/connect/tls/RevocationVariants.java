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
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Revocation lists: complete, missing, expired, of another key, and for a part of the certificates. */
final class RevocationVariants {

    private static final String NO_LIST = "contains no revocation list of ";
    private static final String PARTIAL = "A list for a part of the certificates is not supported.";
    private static final String OLD_HASH = "A list needs a signature as strong as that of a certificate.";

    private RevocationVariants() {}

    static Stream<CertificateVariant> all() {
        IssuedCertificate direct = server().signedBy(ROOT);
        IssuedCertificate deep = server().signedBy(INTERMEDIATE);
        IssuedCertificate other =
                CertificateDraft.authority("CN=Our CA", OTHER_KEYS).selfSigned();
        IssuedCertificate cannotSign = root().usage(KeyUsage.keyCertSign).selfSigned();
        IssuedCertificate weakIntermediate =
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
        return Stream.of(
                CertificateVariant.of("nothing revoked", direct, ROOT).lists(ofRoot),
                CertificateVariant.of("nothing revoked, intermediate", deep, ROOT)
                        .lists(ofRoot, ofIntermediate),
                CertificateVariant.of("nothing revoked, intermediate, other order", deep, ROOT)
                        .lists(ofIntermediate, ofRoot),
                CertificateVariant.of("server revoked", direct, ROOT)
                        .lists(revoked)
                        .refused("its certificate was revoked on "),
                CertificateVariant.of("server revoked by the intermediate", deep, ROOT)
                        .lists(
                                ofRoot,
                                RevocationListDraft.of(INTERMEDIATE)
                                        .revoke(deep.certificate())
                                        .pem())
                        .refused("its certificate was revoked on "),
                CertificateVariant.of("another certificate revoked", direct, ROOT)
                        .lists(RevocationListDraft.of(ROOT)
                                .revoke(deep.certificate())
                                .pem()),
                CertificateVariant.of("intermediate revoked", deep, ROOT)
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
                CertificateVariant.of("no list of the intermediate", deep, ROOT)
                        .lists(ofRoot)
                        .refused(NO_LIST + "'CN=Intermediate CA', which issued its certificate"),
                CertificateVariant.of("no list of the root", deep, ROOT)
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
                        .lists(RevocationListDraft.of(other).pem())
                        .refused("was signed with another key"),
                CertificateVariant.of("root without list signing", server().signedBy(cannotSign), cannotSign)
                        .lists(RevocationListDraft.of(cannotSign).pem())
                        .refused("key usage without cRLSign"),
                CertificateVariant.of("intermediate without list signing", server().signedBy(weakIntermediate), ROOT)
                        .lists(ofRoot, RevocationListDraft.of(weakIntermediate).pem())
                        .refused("key usage without cRLSign"),
                CertificateVariant.of("list with an unknown critical extension", direct, ROOT)
                        .lists(RevocationListDraft.of(ROOT)
                                .extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE)
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
                        .refused(NO_LIST));
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
