package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.pool.recovery.Series;
import dev.wellhead.settings.HostAndPort;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnresponsiveConnectionsTest {

    private static final HostAndPort SERVER = new HostAndPort("db", 5432);

    private final Series series = new Series();
    private final UnresponsiveConnections connections = new UnresponsiveConnections(Duration.ofSeconds(8), series);

    @Test
    void describe_nothingHappened_isEmpty() {
        assertThat(connections.describe()).isEmpty();
    }

    @Test
    void describe_noConnectionOpenedSince_blamesTheServer() {
        connections.opened();
        connections.add(SERVER, Duration.ofSeconds(2));
        connections.add(SERVER, Duration.ofMillis(2_500));

        assertThat(connections.describe())
                .isEqualTo("The server does not answer: db:5432; 2 connections did not respond within 2.5 s.");
    }

    /** The network lost the existing connections only. */
    @Test
    void describe_connectionOpenedSince_blamesTheConnections() {
        connections.add(SERVER, Duration.ofSeconds(1));
        connections.opened();

        assertThat(connections.describe()).isEqualTo("1 connection to db:5432 did not respond within 1 s.");
    }

    @Test
    void describe_twoServers_hasASentenceForEach() {
        connections.add(SERVER, Duration.ofSeconds(1));
        connections.add(new HostAndPort("db-2", 5432), Duration.ofSeconds(1));

        assertThat(connections.describe())
                .isEqualTo("The server does not answer: db:5432; 1 connection did not respond within 1 s."
                        + " The server does not answer: db-2:5432; 1 connection did not respond within 1 s.");
    }

    /** The borrower has waited for connectionTimeout, 8 s, when it reads the record. */
    @Test
    void describe_longerAgoThanABorrowerWaits_isForgotten() {
        connections.add(SERVER, Duration.ofSeconds(1));
        series.elapse(Duration.ofSeconds(9));
        assertThat(connections.describe()).isNotEmpty();

        series.elapse(Duration.ofNanos(1));

        assertThat(connections.describe()).isEmpty();
    }

    @Test
    void add_withoutEnd_keepsTheMostRecent() {
        for (int i = 0; i < 5_000; i++) {
            connections.add(SERVER, Duration.ofSeconds(1));
        }

        assertThat(connections.describe()).contains("; 1000 connections ");
    }
}
