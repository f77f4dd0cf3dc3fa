package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Databases;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {

    private static final Duration BUDGET = Duration.ofSeconds(10);

    private static Map<String, String> to(int port) {
        return Map.of(
                "DB_HOST", "127.0.0.1",
                "DB_PORT", Integer.toString(port),
                "DB_NAME", "postgres",
                "DB_USER", "postgres",
                "DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
    }

    @Test
    void connect_overTls_reportsEachStepInOrder(@TempDir Path directory) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        Path root = authority.writeTo(directory.resolve("root.crt"));
        try (PostgresServer server = PostgresServer.builder()
                        .tls(authority.server("127.0.0.1"))
                        .start();
                Inspection inspection = Inspection.of(Databases.resolve(Map.of(
                        "DATABASE_URL",
                        "postgresql://postgres:" + PostgresServer.SUPERUSER_PASSWORD + "@127.0.0.1:" + server.port()
                                + "/postgres?sslmode=verify-full" + "&sslrootcert=" + root)))) {
            Recorded steps = new Recorded();

            HostAndPort host = inspection.settings().hosts().get(0);
            try (Connection connection = inspection.connect(host, BUDGET, steps)) {
                assertThat(connection.isValid(5)).isTrue();
            }

            assertThat(steps.told)
                    .containsExactly(
                            "resolved 127.0.0.1",
                            "connecting " + server.port(),
                            "connected " + server.port(),
                            "encrypted TLSv1.3",
                            "authenticating scram-sha-256 postgres");
        }
    }

    @Test
    void connect_nothingListens_reportsTheCompletedSteps() {
        int port = FreePort.find();
        Recorded steps = new Recorded();
        try (Inspection inspection = Inspection.of(Databases.resolve(to(port)))) {
            ConnectionFailedException failure = catchThrowableOfType(
                    ConnectionFailedException.class,
                    () -> inspection.connect(new HostAndPort("127.0.0.1", port), BUDGET, steps));

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure.failures()).hasSize(1);
            ServerFailure refused = failure.failures().get(0);
            assertThat(refused.server()).isEqualTo(new HostAndPort("127.0.0.1", port));
            assertThat(refused.stage()).isEqualTo(ConnectStage.TCP);
            assertThat(refused.reason()).isEqualTo("nothing listens on this port");
            assertThat(refused.origins())
                    .containsExactly(
                            new Origin.OfSetting("host", Origin.Variable.of("DB_HOST")),
                            new Origin.OfSetting("port", Origin.Variable.of("DB_PORT")));
            assertThat(refused.fixes()).isNotEmpty();
            assertThat(steps.told).containsExactly("resolved 127.0.0.1", "connecting " + port);
        }
    }

    @Test
    void credentials_thatAreFixed_areOneCandidate() throws Exception {
        try (Inspection inspection = Inspection.of(Databases.resolve(to(5432)))) {
            assertThat(inspection.credentials(BUDGET).candidates()).hasSize(1);
            assertThat(inspection.credentialsDescription()).isEqualTo("configured password");
        }
    }

    @Test
    void properties_ofPoolAndDriver_haveNoPassword() {
        DatabaseSettings settings = Databases.resolve(to(5432));

        assertThat(Inspection.poolProperties(settings)).containsEntry("maximumPoolSize", "10");
        assertThat(Inspection.driverProperties(settings))
                .containsEntry("user", "postgres")
                .doesNotContainKey("password")
                .doesNotContainKey("socketFactory");
    }

    @Test
    void configuration_invalid_hasTheDecidedSettings() {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> Databases.resolve(Map.of("ENVIRONMENT", "production", "DB_NAME", "shop", "DB_PORT", "x")));

        assertThat(refused.settings())
                .extracting(ResolvedSetting::name)
                .contains("name")
                .doesNotContain("port", "host");
    }

    @Test
    void variables_similarNames_areReported() {
        assertThat(SettingsResolver.nearMisses(SettingsRequest.of(
                        "default",
                        Map.of("PGSSLMOD", "require", "DATABSE_URL", "x", "PGDATA", "/data", "HOME", "/home/app"))))
                .extracting(NearMiss::message)
                .containsExactly(
                        "DATABSE_URL is set, but nothing reads it. Did you mean DATABASE_URL?",
                        "PGSSLMOD is set, but nothing reads it. Did you mean PGSSLMODE?");
        assertThat(SettingsResolver.nearMisses(
                        SettingsRequest.of("ledger", Map.of("DB_PASSWORD", "x", "LEDGER_DB_HOST", "db"))))
                .containsExactly(new NearMiss("DB_PASSWORD", "LEDGER_DB_PASSWORD", "database", Settings.PASSWORD));
    }

    /** Records the notifications as text. */
    private static final class Recorded implements ConnectSteps {

        private final List<String> told = new ArrayList<>();

        @Override
        public void resolved(List<InetAddress> addresses, Duration took) {
            told.add("resolved " + addresses.get(0).getHostAddress());
        }

        @Override
        public void connecting(InetSocketAddress address) {
            told.add("connecting " + address.getPort());
        }

        @Override
        public void connected(InetSocketAddress address, Duration took) {
            told.add("connected " + address.getPort());
        }

        @Override
        public void encrypted(SSLSession session, Duration took) {
            told.add("encrypted " + session.getProtocol());
        }

        @Override
        public void authenticating(String method, String user, String label) {
            told.add("authenticating " + method + " " + user);
        }
    }
}
