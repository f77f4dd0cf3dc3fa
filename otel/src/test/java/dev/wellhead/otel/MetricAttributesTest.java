package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Checks the attributes of the metrics: the pool, the server and the database that they are about. */
@Tag("oldest-api")
@Tag("oldest-given-api")
class MetricAttributesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestPool pool = new TestPool(PostgresServer.shared());

    @AutoClose
    private final CollectedMetrics metrics = new CollectedMetrics();

    @Test
    void attributes_ofAMetric_nameThePoolTheServerAndTheDatabase() throws SQLException {
        try (Database database = pool.open(metrics)) {
            database.getConnection().close();

            Attributes attributes =
                    metrics.points(MetricDefinition.WAIT_TIME).get(0).getAttributes();
            assertThat(attributes.asMap())
                    .hasSize(5)
                    .containsEntry(AttributeKeys.POOL_NAME, "default")
                    .containsEntry(AttributeKeys.SYSTEM, "postgresql")
                    .containsEntry(AttributeKeys.NAMESPACE, "postgres")
                    .containsEntry(AttributeKeys.SERVER_ADDRESS, "127.0.0.1")
                    .containsEntry(AttributeKeys.SERVER_PORT, (long) pool.port());
        }
    }

    @Test
    void attributes_ifTheProviderReturnsTheServer_areOfThatServer() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        // the defaults are localhost, 5432 and monorepo_dev
        try (Database database = Databases.builder()
                .environment(Map.of("ENVIRONMENT", "local"))
                .credentials(new ProviderWithServer(server))
                .listener(DatabaseTelemetry.on(metrics.openTelemetry()))
                .open()) {
            database.getConnection().close();

            for (MetricData metric : metrics.all().values()) {
                for (PointData point : metric.getData().getPoints()) {
                    assertThat(point.getAttributes().asMap())
                            .as(metric.getName())
                            .containsEntry(AttributeKeys.NAMESPACE, "postgres")
                            .containsEntry(AttributeKeys.SERVER_PORT, (long) server.port());
                }
            }
            assertThat(metrics.count(MetricDefinition.CREATIONS)).isPositive();
        }
    }

    @Test
    void creations_onSeveralHosts_haveTheAttributesOfTheirServer() throws Exception {
        String down;
        try (ServerSocket socket = new ServerSocket(0)) {
            down = Integer.toString(socket.getLocalPort());
        }
        String up = Integer.toString(pool.port());
        try (Database database = pool.open(metrics, "DB_HOST", "127.0.0.1,127.0.0.1", "DB_PORT", down + "," + up)) {
            Await.until(SOON, () -> metrics.recorded(MetricDefinition.CREATE_TIME, up) == 2);

            assertThat(database.settings().hosts()).hasSize(2);
            assertThat(metrics.recorded(MetricDefinition.CREATE_TIME, down)).isZero();
            assertThat(metrics.count(MetricDefinition.CREATIONS, up)).isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.CREATIONS, down, "refused"))
                    .isEqualTo(2);
        }
    }

    @Test
    void pools_withTheSameName_haveDistinctNamesInMetricsAndLogAWarning() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Database first = pool.open(metrics);
                Database second = pool.open(metrics)) {
            first.getConnection().close();
            second.getConnection().close();

            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME, "default")).isEqualTo(1);
            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME, "default#2"))
                    .isEqualTo(1);
            assertThat(log.messages(Level.WARN))
                    .containsOnlyOnce(
                            "Database 'default': another open pool of this process has the name 'default'. In metrics"
                                    + " this pool is 'default#2'. Share one Database, or give this one its own poolName"
                                    + " (DB_POOL_NAME).");
        }
        try (Database again = pool.open(metrics)) {
            again.getConnection().close();

            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME, "default")).isEqualTo(2);
        }
    }

    @Test
    void reader_open_isMeasuredAsASeparatePool() throws SQLException {
        try (Database database = pool.open(metrics, "DB_READER_HOST", "127.0.0.1")) {
            database.reader().getConnection().close();

            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME, "default-reader"))
                    .isEqualTo(1);
            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME, "default")).isZero();
        }
    }

    @Test
    void attributes_ofAllMetrics_containNothingSensitive() throws SQLException {
        try (Database database = pool.open(metrics)) {
            database.getConnection().close();

            for (Map.Entry<String, MetricData> metric : metrics.all().entrySet()) {
                for (PointData point : metric.getValue().getData().getPoints()) {
                    List<String> texts = CollectedMetrics.texts(point.getAttributes());
                    assertThat(texts).as(metric.getKey()).noneMatch(text -> text.contains(TestPool.PASSWORD));
                }
            }
        }
    }

    @Test
    void fingerprint_dependsOnSettingsButNotOnThePassword() throws SQLException {
        String one = SettingsFingerprint.of(pool.builder().resolve());

        assertThat(SettingsFingerprint.of(pool.builder("DB_PASSWORD", "other").resolve()))
                .isEqualTo(one)
                .hasSize(8);
        assertThat(SettingsFingerprint.of(
                        pool.builder("DB_MAXIMUM_POOL_SIZE", "3").resolve()))
                .isNotEqualTo(one);
    }

    /** Like a secret that contains host, port and database. */
    private record ProviderWithServer(PostgresServer server) implements CredentialsProvider {

        @Override
        public String description() {
            return "a secret";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return CredentialsSet.of(
                            1,
                            List.of(Credentials.of(
                                    PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD, "current")))
                    .at(new ServerLocation(server.host(), server.port(), "postgres", null));
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return refused;
        }
    }
}
