package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.VariantAuthorities.HOST;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.INTERMEDIATE;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.INTERMEDIATE_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.OTHER_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.OTHER_ROOT;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.ROOT;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.ROOT_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.address;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.dns;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.intermediate;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.named;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.root;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.server;

import dev.wellhead.testkit.CertificateDraft;
import dev.wellhead.testkit.IssuedCertificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;

/**
 * How certificates form a chain: path lengths, name constraints, missing, superfluous and cross-signed certificates.
 */
final class ChainVariants {

    private static final String EXCLUDES = "a name constraint of ";
    private static final String UNTRUSTED = "which is not trusted";
    private static final List<GeneralName> NONE = List.of();
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private static final ASN1ObjectIdentifier PROXY = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.14");
    private static final ASN1ObjectIdentifier ADDRESSES = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.7");
    private static final ASN1ObjectIdentifier SYSTEMS = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.8");

    private ChainVariants() {}

    static Stream<CertificateVariant> all() {
        return Stream.of(
                        pathLengths(),
                        constraints(),
                        namesOfTheSubject(true),
                        namesOfTheSubject(false),
                        incomplete(),
                        superfluous(),
                        sameNames(),
                        extensions(),
                        notSupported())
                .flatMap(List::stream);
    }

    private static IssuedCertificate second(IssuedCertificate issuer) {
        return CertificateDraft.authority("CN=Second CA", OTHER_KEYS).signedBy(issuer);
    }

    private static CertificateVariant below(String name, CertificateDraft root, CertificateDraft server) {
        IssuedCertificate own = root.selfSigned();
        return CertificateVariant.of(name, server.signedBy(own), own);
    }

    private static CertificateVariant through(String name, CertificateDraft root, CertificateDraft intermediate) {
        IssuedCertificate own = root.selfSigned();
        return CertificateVariant.of(name, server().signedBy(intermediate.signedBy(own)), own);
    }

    private static List<CertificateVariant> pathLengths() {
        IssuedCertificate one = root().pathLength(1).selfSigned();
        return List.of(
                below("root with path length 0", root().pathLength(0), server()),
                through("root with path length 0 and an intermediate", root().pathLength(0), intermediate())
                        .refused("is one more intermediate certificate than an authority above it permits"),
                through("root with path length 1 and an intermediate", root().pathLength(1), intermediate()),
                CertificateVariant.of(
                                "root with path length 1 and two intermediates",
                                server().signedBy(second(intermediate().signedBy(one))),
                                one)
                        .refused("is one more intermediate certificate than an authority above it permits"),
                CertificateVariant.of("two intermediates", server().signedBy(second(INTERMEDIATE)), ROOT),
                through(
                        "intermediate with path length 0",
                        root(),
                        intermediate().pathLength(0)),
                CertificateVariant.of(
                                "intermediate with path length 0 and another",
                                server().signedBy(second(
                                        intermediate().pathLength(0).signedBy(ROOT))),
                                ROOT)
                        .refused(
                                "the intermediate certificate 'CN=Second CA' is one more intermediate certificate than"));
    }

    private static List<CertificateVariant> constraints() {
        List<GeneralName> ours = List.of(dns("example.com"));
        List<GeneralName> other = List.of(dns("example.org"));
        List<GeneralName> host = List.of(dns(HOST));
        return List.of(
                below("root permits the domain", root().constraints(ours, NONE), server()),
                below("root permits another domain", root().constraints(other, NONE), server())
                        .refused(EXCLUDES + "the root certificate 'CN=Our CA' excludes the name 'db.example.com'"),
                below("root excludes the domain", root().constraints(NONE, ours), server())
                        .refused(EXCLUDES),
                below("root excludes another domain", root().constraints(NONE, other), server()),
                below("root permits subdomains", root().constraints(List.of(dns(".example.com")), NONE), server()),
                below(
                                "root permits a suffix of the domain",
                                root().constraints(List.of(dns("ample.com")), NONE),
                                server())
                        .refused(EXCLUDES),
                through(
                        "intermediate permits the domain",
                        root(),
                        intermediate().constraints(ours, NONE)),
                through(
                                "intermediate permits another domain",
                                root(),
                                intermediate().constraints(other, NONE))
                        .refused(EXCLUDES + "the intermediate certificate 'CN=Intermediate CA' excludes"),
                through("intermediate excludes the host", root(), intermediate().constraints(NONE, host))
                        .refused(EXCLUDES),
                through(
                                "root permits another domain, with an intermediate",
                                root().constraints(other, NONE),
                                intermediate())
                        .refused(EXCLUDES + "the root certificate"),
                below(
                        "wildcard, the host is excluded",
                        root().constraints(NONE, host),
                        server().names("*.example.com")),
                below(
                                "wildcard, another domain is permitted",
                                root().constraints(other, NONE),
                                server().names("*.example.com"))
                        .refused(EXCLUDES),
                below(
                                "one of two names is excluded",
                                root().constraints(ours, NONE),
                                server().names(HOST, "a.example.org"))
                        .refused("excludes the name 'a.example.org'"),
                below("common name, the domain is permitted", root().constraints(ours, NONE), named("CN=" + HOST)),
                below("common name, another domain is permitted", root().constraints(other, NONE), named("CN=" + HOST))
                        .refused(EXCLUDES),
                below("common name, the domain is excluded", root().constraints(NONE, ours), named("CN=" + HOST))
                        .refused(EXCLUDES),
                below(
                        "only an address range is permitted",
                        root().constraints(List.of(address("10.0.0.0/8")), NONE),
                        server()),
                below(
                                "address in the permitted range",
                                root().constraints(List.of(address("127.0.0.0/8")), NONE),
                                server().names("127.0.0.1"))
                        .host("127.0.0.1"),
                below(
                                "address outside the permitted range",
                                root().constraints(List.of(address("10.0.0.0/8")), NONE),
                                server().names("127.0.0.1"))
                        .host("127.0.0.1")
                        .refused("its certificate has a name that a name constraint of its chain excludes"),
                below(
                                "address in the excluded range",
                                root().constraints(NONE, List.of(address("127.0.0.0/8"))),
                                server().names("127.0.0.1"))
                        .host("127.0.0.1")
                        .refused("its certificate has a name that a name constraint of its chain excludes"),
                below(
                                "another organization is permitted",
                                root().constraints(List.of(new GeneralName(new X500Name("O=Shop"))), NONE),
                                server())
                        .refused("its certificate has a name that a name constraint of its chain excludes"),
                through(
                                "malformed constraints",
                                root(),
                                intermediate().extension(Extension.nameConstraints, false, new byte[] {0x30, 0x7F, 1}))
                        .refused("has a malformed extension (name constraints)"));
    }

    private static List<CertificateVariant> namesOfTheSubject(boolean critical) {
        String suffix = critical ? "" : ", not critical";
        GeneralName mail = new GeneralName(GeneralName.rfc822Name, "example.org");
        GeneralName address = new GeneralName(GeneralName.rfc822Name, "a@example.org");
        GeneralName domain = new GeneralName(GeneralName.rfc822Name, ".example.org");
        CertificateDraft domainOnly = constrained(critical, dns("example.com"), true);
        return List.of(
                below("common name with an underscore" + suffix, domainOnly, named("CN=a_b.evil.test"))
                        .host("a_b.evil.test")
                        .refused(EXCLUDES),
                below("permitted common name with an underscore" + suffix, domainOnly, named("CN=a_b.example.com"))
                        .host("a_b.example.com"),
                below(
                                "excluded common name with an underscore" + suffix,
                                constrained(critical, dns("evil.test"), false),
                                named("CN=a_b.evil.test"))
                        .host("a_b.evil.test")
                        .refused(EXCLUDES),
                below("common name without a dot" + suffix, domainOnly, named("CN=dbhost"))
                        .host("dbhost")
                        .refusedOnlyByUs("excludes", "A common name without a dot is a host name too."),
                below("alternative name with an underscore" + suffix, domainOnly, server().names(HOST, "a_b.evil.test"))
                        .refused(EXCLUDES),
                below("mail host not permitted" + suffix, constrained(critical, mail, true), mail("a@evil.test"))
                        .refused(EXCLUDES),
                below("mail host permitted" + suffix, constrained(critical, mail, true), mail("a@EXAMPLE.org")),
                below("mail host excluded" + suffix, constrained(critical, mail, false), mail("a@example.org"))
                        .refused(EXCLUDES),
                below("other mail host excluded" + suffix, constrained(critical, mail, false), mail("a@b.example.org")),
                below("mail domain excluded" + suffix, constrained(critical, domain, false), mail("a@b.example.org"))
                        .refused(EXCLUDES),
                below("mail address permitted" + suffix, constrained(critical, address, true), mail("a@example.org")),
                below(
                                "mail address not permitted" + suffix,
                                constrained(critical, address, true),
                                mail("b@example.org"))
                        .refused(EXCLUDES),
                below("mail address without a host" + suffix, constrained(critical, mail, false), mail("a"))
                        .refused(EXCLUDES));
    }

    private static CertificateDraft constrained(boolean critical, GeneralName name, boolean permitted) {
        GeneralSubtree[] subtrees = {new GeneralSubtree(name)};
        return root().extension(
                        Extension.nameConstraints,
                        critical,
                        new org.bouncycastle.asn1.x509.NameConstraints(
                                permitted ? subtrees : null, permitted ? null : subtrees));
    }

    private static CertificateDraft mail(String address) {
        return CertificateDraft.of("E=" + address + ",CN=server", VariantAuthorities.SERVER_KEYS)
                .names(HOST);
    }

    private static List<CertificateVariant> notSupported() {
        String unsupported = "has an extension that is not supported";
        String notForTls = "Certificates with these blocks are not for TLS.";
        byte[] proxy = HexFormat.of().parseHex("300C300A06082B06010505071501");
        byte[] addresses = HexFormat.of().parseHex("300E300C0402000130060304000A0000");
        byte[] systems = HexFormat.of().parseHex("3009A00730050203010000");
        return List.of(
                below("proxy certificate", root(), server().extension(PROXY, false, proxy))
                        .refused(unsupported),
                below("address blocks", root(), server().extension(ADDRESSES, false, addresses))
                        .refused(unsupported),
                below("autonomous systems", root(), server().extension(SYSTEMS, false, systems))
                        .refused(unsupported),
                below(
                                "autonomous systems of the root and the server",
                                root().extension(SYSTEMS, false, systems),
                                server().extension(SYSTEMS, false, systems))
                        .refusedOnlyByUs(unsupported, notForTls),
                below(
                                "explicit policy required",
                                root().extension(
                                                Extension.policyConstraints,
                                                true,
                                                HexFormat.of().parseHex("3003800100")),
                                server())
                        .refusedOnlyByUs(
                                "certificate policies", "The JDK applies a policy that libpq does not request."),
                below(
                                "critical locations of revocation lists",
                                root(),
                                server().extension(
                                                Extension.cRLDistributionPoints,
                                                true,
                                                HexFormat.of().parseHex("300F300DA00BA009860768743A2F2F6162")))
                        .refusedOnlyByUs("critical extension", "The extension is not supported."));
    }

    private static List<CertificateVariant> incomplete() {
        IssuedCertificate server = server().signedBy(INTERMEDIATE);
        IssuedCertificate withoutIntermediate = server.followedBy();
        return List.of(
                CertificateVariant.of("intermediate sent", server, ROOT),
                CertificateVariant.of("intermediate missing", withoutIntermediate, ROOT)
                        .refused("'CN=Intermediate CA', " + UNTRUSTED),
                CertificateVariant.of("intermediate in the root file", withoutIntermediate, ROOT, INTERMEDIATE),
                CertificateVariant.of(
                        "intermediate before the root in the root file", withoutIntermediate, INTERMEDIATE, ROOT),
                CertificateVariant.of(
                                "intermediate without the root in the root file", withoutIntermediate, INTERMEDIATE)
                        .refused("the issuer 'CN=Our CA' of the trusted certificate 'CN=Intermediate CA' is missing"),
                CertificateVariant.of("intermediate sent and in the root file, without the root", server, INTERMEDIATE)
                        .refused("the issuer 'CN=Our CA' of the trusted certificate 'CN=Intermediate CA' is missing"),
                CertificateVariant.of("server in the root file, without the root", server, server)
                        .refused(UNTRUSTED),
                CertificateVariant.of(
                                "server sent without its intermediate and only the server in the root file",
                                withoutIntermediate,
                                withoutIntermediate)
                        .refused("the issuer 'CN=Intermediate CA' of the trusted certificate 'CN=server' is missing"),
                CertificateVariant.of("server and root in the root file", server, server, ROOT),
                CertificateVariant.of("root of another authority", server, OTHER_ROOT)
                        .refused(UNTRUSTED),
                CertificateVariant.of("self-signed", server().selfSigned(), ROOT)
                        .refused("its certificate is self-signed and is not trusted"),
                CertificateVariant.of(
                                "upper intermediate only in the chain",
                                server().signedBy(second(INTERMEDIATE)),
                                second(INTERMEDIATE),
                                ROOT)
                        .refused(
                                "the issuer 'CN=Intermediate CA' of the trusted certificate 'CN=Second CA' is missing"));
    }

    private static List<CertificateVariant> superfluous() {
        IssuedCertificate server = server().signedBy(INTERMEDIATE);
        X509Certificate intermediate = INTERMEDIATE.certificate();
        X509Certificate root = ROOT.certificate();
        X509Certificate other = OTHER_ROOT.certificate();
        IssuedCertificate belowTwoIntermediates = server().signedBy(second(INTERMEDIATE));
        X509Certificate second = second(INTERMEDIATE).certificate();
        IssuedCertificate crossSigned =
                CertificateDraft.authority("CN=Our CA", ROOT_KEYS).signedBy(OTHER_ROOT);
        IssuedCertificate direct = server().signedBy(ROOT);
        return List.of(
                CertificateVariant.of("root sent", server.followedBy(intermediate, root), ROOT),
                CertificateVariant.of("root sent first", server.followedBy(root, intermediate), ROOT),
                CertificateVariant.of("intermediate sent twice", server.followedBy(intermediate, intermediate), ROOT),
                CertificateVariant.of("other certificate sent first", server.followedBy(other, intermediate), ROOT),
                CertificateVariant.of("other certificate sent last", server.followedBy(intermediate, other), ROOT),
                CertificateVariant.of("server sent twice", server.followedBy(server.certificate(), intermediate), ROOT),
                CertificateVariant.of(
                        "intermediates in the wrong order",
                        belowTwoIntermediates.followedBy(intermediate, second),
                        ROOT),
                CertificateVariant.of(
                        "cross-signed root sent, own root trusted", direct.followedBy(crossSigned.certificate()), ROOT),
                CertificateVariant.of(
                        "cross-signed root sent, other root trusted",
                        direct.followedBy(crossSigned.certificate()),
                        OTHER_ROOT),
                CertificateVariant.of(
                        "cross-signed and own root sent, other root trusted",
                        direct.followedBy(crossSigned.certificate(), root),
                        OTHER_ROOT),
                CertificateVariant.of(
                                "own and cross-signed root sent, other root trusted",
                                direct.followedBy(root, crossSigned.certificate()),
                                OTHER_ROOT)
                        .refused(UNTRUSTED),
                CertificateVariant.of("duplicate root in the root file", server, ROOT, ROOT),
                CertificateVariant.of("several roots in the root file", server, OTHER_ROOT, ROOT));
    }

    private static List<CertificateVariant> sameNames() {
        IssuedCertificate plain = root().withoutKeyIdentifiers().selfSigned();
        IssuedCertificate same = CertificateDraft.authority("CN=Our CA", OTHER_KEYS)
                .withoutKeyIdentifiers()
                .selfSigned();
        IssuedCertificate server = server().withoutKeyIdentifiers().signedBy(plain);
        IssuedCertificate expired = root().valid(-10, -1).selfSigned();
        IssuedCertificate identified =
                CertificateDraft.authority("CN=Our CA", OTHER_KEYS).selfSigned();
        IssuedCertificate ownAuthority =
                CertificateDraft.authority("CN=Our CA", INTERMEDIATE_KEYS).selfSigned();
        return List.of(
                CertificateVariant.of("root with the same name and another key", server, same)
                        .refused("but was signed with another key"),
                CertificateVariant.of("root with the same name before ours, no key identifiers", server, same, plain)
                        .refused("but was signed with another key"),
                CertificateVariant.of("root with the same name after ours, no key identifiers", server, plain, same),
                CertificateVariant.of(
                        "root with the same name before ours, key identifiers",
                        server().signedBy(ROOT),
                        identified,
                        ROOT),
                CertificateVariant.of("root with another key identifier", server().signedBy(ownAuthority), identified)
                        .refused(UNTRUSTED),
                CertificateVariant.of("expired root before the renewed one", server().signedBy(ROOT), expired, ROOT),
                CertificateVariant.of("expired root after the renewed one", server().signedBy(ROOT), ROOT, expired));
    }

    private static List<CertificateVariant> extensions() {
        return List.of(
                below("server with an unknown extension", root(), server().extension(UNKNOWN, false, DERNull.INSTANCE)),
                below(
                                "server with an unknown critical extension",
                                root(),
                                server().extension(UNKNOWN, true, DERNull.INSTANCE))
                        .refused("its certificate has a critical extension that is not supported"),
                through(
                                "intermediate with an unknown critical extension",
                                root(),
                                intermediate().extension(UNKNOWN, true, DERNull.INSTANCE))
                        .refused("has a critical extension that is not supported"),
                below(
                                "root with an unknown critical extension",
                                root().extension(UNKNOWN, true, DERNull.INSTANCE),
                                server())
                        .refused("has a critical extension that is not supported"));
    }
}
