package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class DatabaseMetersTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final MeteredRole role = new MeteredRole(PostgresServer.shared());
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void micrometer_onTheClassPath_hasTheExpectedVersion() throws IOException {
        String expected = System.getProperty("expected.micrometer");
        String path = Objects.requireNonNull(MeterRegistry.class.getResource("MeterRegistry.class"))
                .toString();
        String root = path.substring(0, path.indexOf('!') + 1);
        try (InputStream manifest = new java.net.URL(root + "/META-INF/MANIFEST.MF").openStream()) {
            assertThat(new Manifest(manifest).getMainAttributes().getValue("Implementation-Version"))
                    .isEqualTo(expected == null ? "1.17.2" : expected);
        }
    }

    @Test
    void database_open_hasItsConnectionsByState_andIsRemovedWhenItCloses() throws SQLException {
        try (Database database =
                        role.builder().listener(DatabaseMeters.on(registry)).open();
                Connection connection = database.getConnection()) {
            Await.until(SOON, () -> gauge("db.client.connection.count", "idle") == 1);

            assertThat(connection.isValid(1)).isTrue();
            assertThat(gauge("db.client.connection.count", "used")).isEqualTo(1);
            assertThat(gauge("db.client.connection.limit")).isEqualTo(2);
            assertThat(gauge("db.client.connection.idle.min")).isEqualTo(2);
            assertThat(gauge("db.client.connection.idle.max")).isEqualTo(2);
            assertThat(gauge("db.client.connection.pending_requests")).isZero();
            assertThat(registry.get("db.client.connection.timeouts").counter().count())
                    .isZero();
            assertThat(registry.get("db.client.connection.create_time").timer().count())
                    .isEqualTo(2);
            assertThat(registry.get("wellhead.connection.creations").counter().count())
                    .isEqualTo(2);
            assertThat(registry.get("wellhead.connection.losses").counters()).hasSize(4);
            assertThat(gauge("wellhead.credentials.age")).isBetween(0.0, 600.0);
            assertThat(gauge("wellhead.credentials.connection.count", "current"))
                    .isEqualTo(2);
            assertThat(gauge("wellhead.tls.connection.count", "none")).isEqualTo(2);
            assertThat(gauge("wellhead.pool.count")).isEqualTo(1);
            // a password in a variable cannot change
            assertThat(registry.find("wellhead.credentials.rotations").meters()).isEmpty();
            assertThat(registry.find("wellhead.credentials.refresh.failures").meters())
                    .isEmpty();
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    /** Micrometer logs a warning if a gauge is registered again. */
    @Test
    void registries_addedAfterTheDatabaseHasOpened_getEachGaugeOnce() throws SQLException {
        try (LogCapture log = LogCapture.start()) {
            DatabaseMeters meters = DatabaseMeters.unbound();
            try (Database database = role.builder().listener(meters).open();
                    Connection connection = database.getConnection()) {
                MeterRegistry other = new SimpleMeterRegistry();
                // records the connections that have opened so far
                meters.bindTo(registry).bindTo(other);
                Await.until(SOON, () -> gauge("db.client.connection.count", "idle") == 1);

                assertThat(connection.isValid(1)).isTrue();
                assertThat(other.getMeters()).hasSameSizeAs(registry.getMeters());
            }
            assertThat(log.messages(Level.DEBUG)).noneMatch(message -> message.contains("already registered"));
        }
    }

    @Test
    void borrows_short_areRecordedExactly() throws SQLException {
        try (Database database =
                role.builder().listener(DatabaseMeters.on(registry)).open()) {
            for (int i = 0; i < 100; i++) {
                database.getConnection().close();
            }
            assertThat(registry.get("db.client.connection.wait_time").timer().count())
                    .isEqualTo(100);
            assertThat(registry.get("db.client.connection.use_time").timer().count())
                    .isEqualTo(100);
        }
    }

    @Test
    void pools_withTheSameName_haveDifferentTags_andOnlyTheClosedOneIsRemoved() throws SQLException {
        DatabaseMeters meters = DatabaseMeters.on(registry);
        try (Database first = role.builder().listener(meters).open()) {
            try (Database second = role.builder().listener(meters).open()) {
                first.getConnection().close();
                second.getConnection().close();
                second.getConnection().close();
                assertThat(waits("default")).isEqualTo(1);
                assertThat(waits("default#2")).isEqualTo(2);
            }
            assertThat(waits("default")).isEqualTo(1);
            assertThat(registry.find("db.client.connection.wait_time").meters()).hasSize(1);
        }
    }

    private long waits(String pool) {
        return registry.get("db.client.connection.wait_time")
                .tag("db.client.connection.pool.name", pool)
                .timer()
                .count();
    }

    @Test
    void bindTo_afterTheDatabaseHasOpened_recordsWhatHappenedBefore() throws SQLException {
        DatabaseMeters meters = DatabaseMeters.unbound();
        try (Database database =
                role.builder("DB_MINIMUM_IDLE", "0").listener(meters).open()) {
            database.getConnection().close();

            meters.bindTo(registry).bindTo(registry);
            database.getConnection().close();

            assertThat(registry.get("wellhead.connection.creations").counter().count())
                    .isEqualTo(1);
            assertThat(registry.get("db.client.connection.create_time").timer().count())
                    .isEqualTo(1);
            assertThat(registry.get("db.client.connection.wait_time").timer().count())
                    .as("borrows before are not kept")
                    .isEqualTo(1);
            assertThat(gauge("db.client.connection.limit")).isEqualTo(2);

            MeterRegistry other = new SimpleMeterRegistry();
            meters.bindTo(other);
            database.getConnection().close();
            assertThat(other.get("db.client.connection.wait_time").timer().count())
                    .isEqualTo(1);
            assertThat(waits("default")).isEqualTo(2);
            assertThat(other.get("wellhead.pool.count").gauge().value()).isEqualTo(1);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void composite_whenTheDatabaseCloses_hasNoMetersInItsRegistriesEither() throws SQLException {
        CompositeMeterRegistry composite = new CompositeMeterRegistry().add(registry);
        try (Database database =
                role.builder().listener(DatabaseMeters.on(composite)).open()) {
            database.getConnection().close();
            assertThat(registry.get("db.client.connection.wait_time").timer().count())
                    .isEqualTo(1);
        }
        assertThat(composite.getMeters()).isEmpty();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void databases_withoutAFactory_areMeasuredInTheGlobalRegistry() throws SQLException {
        Metrics.addRegistry(registry);
        try (Database database = role.builder("DB_POOL_NAME", "global").open()) {
            database.getConnection().close();
            assertThat(waits("global")).isEqualTo(1);
        } finally {
            Metrics.removeRegistry(registry);
        }
        assertThat(Metrics.globalRegistry.find("db.client.connection.wait_time").meters())
                .isEmpty();
    }

    @Test
    void bindTo_onTheFactoryOfTheClassPath_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new DatabaseMeters().bindTo(registry))
                .withMessage("This factory uses Metrics.globalRegistry. Call Metrics.addRegistry, or use"
                        + " DatabaseMeters.on(registry) or DatabaseMeters.unbound().");
    }

    @Test
    void poolMetricsOff_leavesOnlyTheMetersOfWellhead() throws SQLException {
        try (Database database = role.builder("DB_POOL_METRICS", "off")
                .listener(DatabaseMeters.on(registry))
                .open()) {
            database.getConnection().close();
            assertThat(registry.getMeters())
                    .isNotEmpty()
                    .allMatch(meter -> meter.getId().getName().startsWith("wellhead."));
        }
    }

    @Test
    void hikarisOwnMeters_besideThese_areAllTen() throws SQLException {
        try (Database database =
                role.builder().listener(DatabaseMeters.on(registry)).open()) {
            HikariDataSource hikari = database.unwrap(HikariDataSource.class);
            assertThat(hikari.getMetricsTrackerFactory()).isNull();
            hikari.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
            database.getConnection().close();

            TreeSet<String> names = new TreeSet<>();
            for (Meter meter : registry.getMeters()) {
                if (meter.getId().getName().startsWith("hikaricp.")) {
                    names.add(meter.getId().getName());
                }
            }
            assertThat(names)
                    .containsExactly(
                            "hikaricp.connections",
                            "hikaricp.connections.acquire",
                            "hikaricp.connections.active",
                            "hikaricp.connections.creation",
                            "hikaricp.connections.idle",
                            "hikaricp.connections.max",
                            "hikaricp.connections.min",
                            "hikaricp.connections.pending",
                            "hikaricp.connections.timeout",
                            "hikaricp.connections.usage");
            assertThat(registry.get("hikaricp.connections.acquire").timer().count())
                    .isEqualTo(1);
            assertThat(waits("default")).isEqualTo(1);
        }
    }

    /** {@return the value of a gauge that has a tag with the value {@code tag}} */
    private double gauge(String name, String tag) {
        return registry.get(name).gauges().stream()
                .filter(gauge -> gauge.getId().getTags().stream()
                        .anyMatch(found -> found.getValue().equals(tag)))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
