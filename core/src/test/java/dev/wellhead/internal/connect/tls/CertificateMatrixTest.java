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
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Presents many certificates to Wellhead, and to libpq if psql 15 is installed, with real PostgreSQL servers. Wellhead
 * must never accept a certificate that libpq refuses. Every case in which it is stricter states the reason.
 */
class CertificateMatrixTest {

    private static final List<CertificateVariant> VARIANTS = Stream.of(
                    NameVariants.all(), UsageVariants.all(), ChainVariants.all(), RevocationVariants.all())
            .flatMap(all -> all)
            .toList();

    private static final @Nullable Psql PSQL = Psql.find();

    /** Most of the time is spent waiting for processes of the servers and of psql. */
    private static final int SERVERS = 3;

    private static final BlockingQueue<PostgresServer> FREE = new LinkedBlockingQueue<>();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(SERVERS);
    private static final Map<CertificateVariant, Future<Outcome>> OUTCOMES = new LinkedHashMap<>();

    @TempDir
    private static Path directory;

    /**
     * What happened to one variant.
     *
     * @param refusals our message in each SSL mode that was used; empty if the connection was opened
     * @param psql whether psql opened a connection; null if it is not installed
     */
    private record Outcome(Map<String, String> refusals, @Nullable Boolean psql) {}

    @BeforeAll
    static void connectWithAllVariants() {
        for (int i = 0; i < SERVERS; i++) {
            // the password would only cost time
            FREE.add(PostgresServer.builder()
                    .hba("host all all all trust")
                    .tls(VariantAuthorities.server().signedBy(VariantAuthorities.ROOT))
                    .start());
        }
        for (CertificateVariant variant : VARIANTS) {
            Path home = directory.resolve(Integer.toString(OUTCOMES.size()));
            OUTCOMES.put(variant, THREADS.submit(() -> outcome(variant, home)));
        }
    }

    @AfterAll
    static void stopServers() throws InterruptedException {
        THREADS.shutdownNow();
        boolean unused = THREADS.awaitTermination(60, TimeUnit.SECONDS);
        FREE.forEach(PostgresServer::close);
    }

    static List<CertificateVariant> variants() {
        return VARIANTS;
    }

    @Test
    void variants_areManyAndDifferencesHaveReasons() {
        assertThat(VARIANTS).hasSizeGreaterThan(150);
        assertThat(VARIANTS)
                .extracting(variant -> variant.name() + variant.host())
                .doesNotHaveDuplicates();
        assertThat(VARIANTS).allSatisfy(variant -> {
            assertThat(variant.ours()).isGreaterThanOrEqualTo(variant.libpq());
            assertThat(variant.difference().isEmpty()).isEqualTo(variant.ours() == variant.libpq());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void open_withEveryCertificate_acceptsNothingThatLibpqRefuses(CertificateVariant variant) throws Exception {
        Outcome outcome = Objects.requireNonNull(OUTCOMES.get(variant)).get();

        outcome.refusals().forEach((mode, refusal) -> {
            assertThat(refusal.isEmpty())
                    .as(mode + " accepts: " + refusal)
                    .isEqualTo(variant.ours().accepts(mode));
            if (!refusal.isEmpty()) {
                assertThat(refusal).contains(variant.reason()).hasSizeLessThan(2000);
            }
        });
        if (outcome.psql() != null) {
            assertThat(outcome.psql())
                    .as("psql accepts")
                    .isEqualTo(variant.libpq().accepts(decisiveMode(variant)));
        }
    }

    private static Outcome outcome(CertificateVariant variant, Path home) throws Exception {
        Files.createDirectory(home);
        Path roots = Files.writeString(home.resolve("root.crt"), pem(variant.roots()));
        Path lists = variant.lists().isEmpty()
                ? null
                : Files.writeString(home.resolve("root.crl"), String.join("", variant.lists()));
        PostgresServer server = FREE.take();
        try {
            int logged = server.log().length();
            server.certificate(variant.server());
            // psql runs in the meantime
            Psql.Attempt attempt = PSQL == null
                    ? null
                    : PSQL.connect(server, variant.host(), decisiveMode(variant), home, roots, lists);
            Map<String, String> refusals = new LinkedHashMap<>();
            for (String mode : modes(variant.ours())) {
                Connecting connecting = connecting(variant.host(), server)
                        .with("DB_SSLMODE", mode)
                        .with("DB_SSLROOTCERT", roots.toString());
                if (lists != null) {
                    connecting.with("DB_SSLCRL", lists.toString());
                }
                refusals.put(mode, refusal(connecting));
            }
            Boolean psql = attempt == null ? null : attempt.succeeds();
            assertThat(server.log().substring(logged)).doesNotContain("SSL configuration was not reloaded");
            return new Outcome(refusals, psql);
        } finally {
            FREE.add(server);
        }
    }

    /**
     * Returns the mode whose result decides that of the others in libpq: verify-full checks all that verify-ca checks,
     * and with root certificates require is the same as verify-ca.
     */
    private static String decisiveMode(CertificateVariant variant) {
        return variant.libpq() == Verdict.REFUSED ? "verify-ca" : "verify-full";
    }

    /**
     * Returns the strictest mode that accepts and the weakest mode that refuses. Between them nothing is left to
     * decide: verify-full is verify-ca and the check of the name, and with root certificates require is the same as
     * verify-ca.
     */
    private static List<String> modes(Verdict ours) {
        return switch (ours) {
            case ACCEPTED -> List.of("verify-full");
            case WRONG_NAME -> List.of("verify-full", "verify-ca");
            case REFUSED -> List.of("require");
        };
    }

    private static String refusal(Connecting connecting) throws SQLException {
        try {
            connecting.connector().open(Connecting.BUDGET).close();
            return "";
        } catch (ConnectionFailedException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static Connecting connecting(String host, PostgresServer server) throws IOException {
        InetAddress loopback = InetAddress.getByName(HostNames.isLiteral(host) ? host : "127.0.0.1");
        return Connecting.to(host, server.port()).with(name -> new InetAddress[] {loopback});
    }

    private static String pem(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : certificates) {
            text.append(IssuedCertificate.pem(each));
        }
        return text.toString();
    }
}
