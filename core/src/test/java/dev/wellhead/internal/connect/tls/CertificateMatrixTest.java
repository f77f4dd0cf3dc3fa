package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.internal.connect.tls.CertificateVariant.Verdict;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Presents many certificates to Wellhead, and to libpq if psql 15 is installed, with a real PostgreSQL SERVER. Wellhead
 * must never accept a certificate that libpq refuses. Every case in which it is stricter states the reason.
 */
class CertificateMatrixTest {

    private static IssuedCertificate installed = VariantAuthorities.server().signedBy(VariantAuthorities.ROOT);
    private static final PostgresServer SERVER =
            PostgresServer.builder().tls(installed).start();

    @TempDir
    private static Path directory;

    private static final @Nullable Psql PSQL = Psql.find();

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    static Stream<CertificateVariant> variants() {
        return Stream.of(NameVariants.all(), UsageVariants.all(), ChainVariants.all(), RevocationVariants.all())
                .flatMap(all -> all);
    }

    @Test
    void variants_areManyAndDifferencesHaveReasons() {
        List<CertificateVariant> all = variants().toList();

        assertThat(all).hasSizeGreaterThan(150);
        assertThat(all).extracting(variant -> variant.name() + variant.host()).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(variant -> {
            assertThat(variant.ours()).isGreaterThanOrEqualTo(variant.libpq());
            assertThat(variant.difference().isEmpty()).isEqualTo(variant.ours() == variant.libpq());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void open_withEveryCertificate_acceptsNothingThatLibpqRefuses(CertificateVariant variant) throws Exception {
        install(variant.server());
        Path roots = Files.writeString(directory.resolve("root.crt"), pem(variant.roots()));
        Path lists = variant.lists().isEmpty()
                ? null
                : Files.writeString(directory.resolve("root.crl"), String.join("", variant.lists()));

        // psql runs in the meantime
        String decisive = decisiveMode(variant);
        Psql.Attempt attempt =
                PSQL == null ? null : PSQL.connect(SERVER, variant.host(), decisive, directory, roots, lists);
        for (String mode : modes(variant.ours())) {
            Connecting connecting =
                    connecting(variant.host()).with("DB_SSLMODE", mode).with("DB_SSLROOTCERT", roots.toString());
            if (lists != null) {
                connecting.with("DB_SSLCRL", lists.toString());
            }
            verify(variant, mode, connecting);
        }
        if (attempt != null) {
            assertThat(attempt.succeeds())
                    .as("psql with " + decisive)
                    .isEqualTo(variant.libpq().accepts(decisive));
        }
    }

    /**
     * Returns the mode whose result decides that of the others in libpq: verify-full checks all that verify-ca checks, and
     * with root certificates require is the same as verify-ca.
     */
    private static String decisiveMode(CertificateVariant variant) {
        return variant.libpq() == Verdict.REFUSED ? "verify-ca" : "verify-full";
    }

    /**
     * Returns the strictest mode that accepts and the weakest mode that refuses. Between them nothing is left to decide:
     * verify-full is verify-ca and the check of the name, and with root certificates require is the same as verify-ca.
     */
    private static List<String> modes(Verdict ours) {
        return switch (ours) {
            case ACCEPTED -> List.of("verify-full");
            case WRONG_NAME -> List.of("verify-full", "verify-ca");
            case REFUSED -> List.of("require");
        };
    }

    private static void verify(CertificateVariant variant, String mode, Connecting connecting) throws Exception {
        try {
            connecting.connector().open(Connecting.BUDGET).close();
            assertThat(variant.ours().accepts(mode)).as(mode + " accepts").isTrue();
        } catch (ConnectionFailedException refused) {
            assertThat(variant.ours().accepts(mode))
                    .as(mode + ": " + refused.getMessage())
                    .isFalse();
            assertThat(refused.getMessage()).contains(variant.reason());
            assertThat(refused.getMessage()).hasSizeLessThan(2000);
        }
    }

    private static Connecting connecting(String host) throws IOException {
        InetAddress loopback = InetAddress.getByName(HostNames.isLiteral(host) ? host : "127.0.0.1");
        return Connecting.to(host, SERVER.port()).with(name -> new InetAddress[] {loopback});
    }

    private static void install(IssuedCertificate certificate) {
        if (!certificate.certificatePem().equals(installed.certificatePem())) {
            int logged = SERVER.log().length();
            SERVER.certificate(certificate);
            assertThat(SERVER.log().substring(logged)).doesNotContain("SSL configuration was not reloaded");
            installed = certificate;
        }
    }

    private static String pem(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : certificates) {
            text.append(IssuedCertificate.pem(each));
        }
        return text.toString();
    }
}
