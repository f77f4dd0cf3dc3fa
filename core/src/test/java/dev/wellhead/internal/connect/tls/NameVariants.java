package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.VariantAuthorities.HOST;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.ROOT;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.SERVER_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.named;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.server;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.withNames;

import dev.wellhead.testkit.CertificateDraft;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Names of certificates: exact names, wildcards, addresses, common names and malformed names. */
final class NameVariants {

    private static final String SAN_COUNTS =
            "A certificate with subject alternative names is never valid for its common name (RFC 9525).";
    private static final String MALFORMED = "A certificate with malformed names is valid for no name.";
    private static final String ADDRESS = "A wildcard does not match an address (RFC 9525).";
    private static final String ONE_COMMON_NAME = "Several common names are ambiguous.";

    private static final String LOOPBACK = "127.0.0.1";

    private NameVariants() {}

    static Stream<CertificateVariant> all() {
        return Stream.of(exact(), wildcards(), commonNames(), addresses(), malformed())
                .flatMap(List::stream);
    }

    private static CertificateVariant names(String... names) {
        return CertificateVariant.of(
                "names " + String.join(", ", names).replace('\0', '0'),
                server().names(names).signedBy(ROOT),
                ROOT);
    }

    private static CertificateVariant common(String subject) {
        return CertificateVariant.of(
                "subject " + subject.replace('\0', '0'), named(subject).signedBy(ROOT), ROOT);
    }

    private static List<CertificateVariant> exact() {
        String[] many = IntStream.range(0, 200)
                .mapToObj(i -> "host" + i + ".example.com")
                .toArray(String[]::new);
        List<String> manyAndOurs = new ArrayList<>(List.of(many));
        manyAndOurs.add(HOST);
        return List.of(
                names(HOST),
                names("other.example.com").wrongName(),
                names("DB.Example.COM"),
                names(HOST).host("DB.EXAMPLE.com"),
                names("a.example.com", HOST, "b.example.com"),
                names("db.example.com.evil.test").wrongName(),
                names("evil-db.example.com").wrongName(),
                names("example.com").wrongName(),
                names("db.example.com.").wrongName(),
                names(HOST).host("db.example.com.").wrongName(),
                names("db.example.com.").host("db.example.com."),
                names("xn--bcher-kva.example").host("xn--bcher-kva.example"),
                names("db_primary.example.com").host("db_primary.example.com"),
                names("localhost").host("localhost"),
                CertificateVariant.of(
                        "200 names, the last matches",
                        server().names(manyAndOurs.toArray(String[]::new)).signedBy(ROOT),
                        ROOT),
                CertificateVariant.of(
                                "200 names, none matches", server().names(many).signedBy(ROOT), ROOT)
                        .wrongName(),
                names("x".repeat(3000) + ".example.com").wrongName());
    }

    private static List<CertificateVariant> wildcards() {
        return List.of(
                names("*.example.com"),
                names("*.EXAMPLE.com"),
                names("*.com").wrongName(),
                names("*.com").host("example.com"),
                names("*").wrongName(),
                names("*.").wrongName(),
                names("").wrongName(),
                names("*example.com").wrongName(),
                names("*example.test").host("evilexample.test").wrongName(),
                names("*b.example.com").wrongName(),
                names("d*.example.com").wrongName(),
                names("db*.example.com").wrongName(),
                names("d*b.example.com").wrongName(),
                names("**.example.com").wrongName(),
                names("*.*.com").wrongName(),
                names("db.*.com").wrongName(),
                names("db.example.*").wrongName(),
                names("*.db.example.com").wrongName(),
                names("*.example.com").host("example.com").wrongName(),
                names("*.example.com").host("a.b.example.com").wrongName(),
                names("*.b.example.com").host("a.b.example.com"),
                names("xn--*.example.com").host("xn--a.example.com").wrongName(),
                names("*.example.com").host("xn--bcher-kva.example.com"));
    }

    private static List<CertificateVariant> commonNames() {
        return List.of(
                common("CN=db.example.com"),
                common("CN=DB.example.com"),
                common("CN=other.example.com").wrongName(),
                common("O=db.example.com").wrongName(),
                common("CN=*.example.com"),
                common("CN=*example.com").wrongName(),
                common("CN=*b.example.com").wrongName(),
                common("CN=db.example.com\0.evil.test").wrongName(),
                common("CN=db.example.com,O=Shop"),
                common("O=Shop,CN=db.example.com"),
                common("CN=db.example.com+O=Shop"),
                common("CN=db.example.com,CN=other.example.com").wrongNameOnlyForUs(ONE_COMMON_NAME),
                common("CN=other.example.com,CN=db.example.com").wrongName(),
                CertificateVariant.of(
                                "common name, other DNS name",
                                named("CN=" + HOST).names("other.example.com").signedBy(ROOT),
                                ROOT)
                        .wrongName(),
                CertificateVariant.of(
                                "common name, address",
                                named("CN=" + HOST).names("10.0.0.1").signedBy(ROOT),
                                ROOT)
                        .wrongNameOnlyForUs(SAN_COUNTS),
                CertificateVariant.of(
                                "common name, mail address",
                                named("CN=" + HOST)
                                        .extension(
                                                Extension.subjectAlternativeName,
                                                false,
                                                new GeneralNames(
                                                        new GeneralName(GeneralName.rfc822Name, "dba@example.com")))
                                        .signedBy(ROOT),
                                ROOT)
                        .wrongNameOnlyForUs(SAN_COUNTS),
                CertificateVariant.of(
                        "no subject, critical names",
                        CertificateDraft.of(new X500NameBuilder(BCStyle.INSTANCE).build(), SERVER_KEYS)
                                .extension(
                                        Extension.subjectAlternativeName,
                                        true,
                                        new GeneralNames(new GeneralName(GeneralName.dNSName, HOST)))
                                .signedBy(ROOT),
                        ROOT));
    }

    private static List<CertificateVariant> addresses() {
        return List.of(
                names(LOOPBACK).host(LOOPBACK),
                names("10.0.0.1").host(LOOPBACK).wrongName(),
                names(HOST, LOOPBACK).host(LOOPBACK),
                names(LOOPBACK).host("localhost").wrongName(),
                names(HOST).host(LOOPBACK).wrongName(),
                names("::1").host("::1"),
                names("::1").host("0:0:0:0:0:0:0:1"),
                names("::2").host("::1").wrongName(),
                dnsAddress(LOOPBACK),
                dnsAddress("*.0.0.1").wrongNameOnlyForUs(ADDRESS),
                common("CN=127.0.0.1").host(LOOPBACK),
                common("CN=*.0.0.1").host(LOOPBACK).wrongNameOnlyForUs(ADDRESS),
                CertificateVariant.of(
                                "common name, other address",
                                named("CN=127.0.0.1").names("10.0.0.1").signedBy(ROOT),
                                ROOT)
                        .host(LOOPBACK)
                        .wrongName(),
                CertificateVariant.of(
                                "common name is an address, DNS name",
                                named("CN=127.0.0.1").names(HOST).signedBy(ROOT),
                                ROOT)
                        .host(LOOPBACK)
                        .wrongNameOnlyForUs(SAN_COUNTS),
                CertificateVariant.of(
                                "IPv4 address written as IPv6",
                                withNames(bytes("30 12 87 10 00000000000000000000FFFF7F000001"))
                                        .signedBy(ROOT),
                                ROOT)
                        .host(LOOPBACK)
                        .wrongName());
    }

    /** A DNS name in the form of an address. */
    private static CertificateVariant dnsAddress(String name) {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, name));
        return CertificateVariant.of(
                        "DNS name " + name,
                        server().extension(Extension.subjectAlternativeName, false, names)
                                .signedBy(ROOT),
                        ROOT)
                .host(LOOPBACK);
    }

    private static List<CertificateVariant> malformed() {
        // 82 0E: the DNS name db.example.com
        String ours = "82 0E 64622E6578616D706C652E636F6D";
        return List.of(
                CertificateVariant.of(
                                "address of 5 bytes, common name",
                                withNames(bytes("30 07 87 05 7F00000101")).signedBy(ROOT),
                                ROOT)
                        .wrongName(),
                CertificateVariant.of(
                                "address of 5 bytes after the DNS name",
                                withNames(bytes("30 17 " + ours + "87 05 7F00000101"))
                                        .signedBy(ROOT),
                                ROOT)
                        .wrongNameOnlyForUs(MALFORMED),
                CertificateVariant.of(
                                "no names, common name",
                                withNames(bytes("30 00")).signedBy(ROOT),
                                ROOT)
                        .wrongNameOnlyForUs(SAN_COUNTS),
                CertificateVariant.of(
                                "DNS name with NUL",
                                withNames(bytes("30 11 82 0F 64622E6578616D706C652E636F6D00"))
                                        .signedBy(ROOT),
                                ROOT)
                        .wrongName(),
                CertificateVariant.of(
                                "DNS name with NUL before ours",
                                withNames(bytes("30 14 82 02 6100" + ours)).signedBy(ROOT),
                                ROOT)
                        .wrongName(),
                CertificateVariant.of(
                                "DNS name with NUL after ours",
                                withNames(bytes("30 14" + ours + "82 02 6100")).signedBy(ROOT),
                                ROOT)
                        .wrongNameOnlyForUs(MALFORMED));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
