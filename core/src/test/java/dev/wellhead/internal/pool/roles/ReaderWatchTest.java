package dev.wellhead.internal.pool.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.pool.roles.ReaderWatch.Suitability;
import dev.wellhead.internal.pool.rotation.FakeClock;
import dev.wellhead.internal.pool.rotation.FakePool;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.testkit.LogCapture;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** Which connections of a reader are replaced, and when. A generation is the number of the server of a connection. */
class ReaderWatchTest {

    private static final long WATCH = 1_000;
    private static final long NEXT = 100;
    private static final HostAndPort FIRST = new HostAndPort("first", 1);
    private static final HostAndPort SECOND = new HostAndPort("second", 2);
    private static final HostAndPort PRIMARY = new HostAndPort("primary", 3);

    private final FakeClock clock = new FakeClock();
    private final FakePool pool = new FakePool();
    private final PendingEvictions evictions = new PendingEvictions(pool);
    private final Map<HostAndPort, Suitability> servers =
            new HashMap<>(Map.of(FIRST, Suitability.PREFERRED, SECOND, Suitability.PREFERRED));
    private final Map<Connection, HostAndPort> serverOf = new HashMap<>();
    private final List<Connection> open = new ArrayList<>();
    private final Set<Connection> promoted = new HashSet<>();
    private int checks;

    @Test
    void step_beforeTheInterval_checksNothing() {
        open(PRIMARY);
        ReaderWatch watch = watch(false, null);

        clock.advance(Duration.ofMillis(29_999));

        assertThat(watch.step()).isEqualTo(WATCH);
        assertThat(checks).isZero();
    }

    @ParameterizedTest(name = "limit {0}: {1} ms")
    @CsvSource({",30000", "10m,30000", "10s,5000", "100ms,1000"})
    void step_afterTheInterval_checksEveryHost(@Nullable String limit, long millis) {
        open(FIRST);
        ReaderWatch watch = watch(false, limit == null ? null : Duration.parse("PT" + limit.replace("100m", "0.1")));

        clock.advance(Duration.ofMillis(millis - 1));
        watch.step();
        assertThat(checks).isZero();
        clock.advance(Duration.ofMillis(1));
        watch.step();
        assertThat(checks).isEqualTo(2);
        watch.step();
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void step_noConnections_checksNothing() {
        ReaderWatch watch = watch(false, null);
        clock.advance(Duration.ofMinutes(5));

        assertThat(watch.step()).isEqualTo(WATCH);
        assertThat(checks).isZero();
    }

    @Test
    void step_preferredServerAvailable_replacesTheOthersOneAfterTheOther() {
        open(PRIMARY, PRIMARY, FIRST);
        ReaderWatch watch = due(watch(false, null));

        try (LogCapture log = LogCapture.start()) {
            assertThat(watch.step()).isEqualTo(NEXT);
            assertThat(log.messages(Level.INFO))
                    .containsExactly("Reader of database 'ledger': 2 connections to primary:3 are replaced, because a"
                            + " preferred server is available.");
        }
        assertThat(pool.generations()).hasSize(3);
        assertThat(watch.step()).isEqualTo(NEXT);
        assertThat(pool.generations()).hasSize(2);
        assertThat(watch.step()).isEqualTo(WATCH);
        assertThat(pool.generations()).containsExactly(1L);
    }

    @Test
    void step_oneConnectionToReplace_isLoggedInTheSingular() {
        open(PRIMARY);
        ReaderWatch watch = due(watch(false, null));

        try (LogCapture log = LogCapture.start()) {
            watch.step();

            assertThat(log.messages(Level.INFO))
                    .containsExactly("Reader of database 'ledger': 1 connection to primary:3 is replaced, because a"
                            + " preferred server is available.");
        }
    }

    @Test
    void step_noPreferredServer_keepsTheSecondChoice() {
        servers.put(FIRST, Suitability.UNAVAILABLE);
        servers.put(SECOND, Suitability.SECOND_CHOICE);
        open(PRIMARY, SECOND);

        assertThat(due(watch(false, null)).step()).isEqualTo(WATCH);

        assertThat(evictions.isActive()).isFalse();
        assertThat(pool.generations()).containsExactly(3L, 2L);
    }

    @Test
    void step_unavailableServer_keepsItsConnections() {
        servers.put(SECOND, Suitability.UNAVAILABLE);
        open(SECOND);

        assertThat(due(watch(false, null)).step()).isEqualTo(WATCH);

        assertThat(pool.generations()).containsExactly(2L);
    }

    /** For example, a standby that is too far behind, whether there is another server or not. */
    @Test
    void step_unsuitableServer_isLeftImmediately() {
        servers.put(FIRST, Suitability.UNSUITABLE);
        servers.put(SECOND, Suitability.UNAVAILABLE);
        open(FIRST, FIRST);

        assertThat(due(watch(false, null)).step()).isEqualTo(WATCH);

        assertThat(pool.generations()).isEmpty();
    }

    @Test
    void step_standbyPromoted_checksImmediatelyAndLeavesIt() {
        open(FIRST, SECOND);
        ReaderWatch watch = watch(false, null);
        servers.put(FIRST, Suitability.SECOND_CHOICE);
        promoted.add(open.get(0));

        assertThat(watch.step()).isEqualTo(NEXT);
        watch.step();

        assertThat(pool.generations()).containsExactly(2L);
    }

    @Test
    void step_randomOrder_keepsConnectionsOnEveryPreferredServer() {
        open(FIRST, SECOND);

        assertThat(due(watch(false, null)).step()).isEqualTo(WATCH);

        assertThat(pool.generations()).containsExactly(1L, 2L);
    }

    @Test
    void step_givenOrder_returnsToTheFirstServer() {
        open(FIRST, SECOND);
        ReaderWatch watch = due(watch(true, null));

        assertThat(watch.step()).isEqualTo(NEXT);
        watch.step();

        assertThat(pool.generations()).containsExactly(1L);
    }

    private ReaderWatch due(ReaderWatch watch) {
        clock.advance(Duration.ofSeconds(30));
        return watch;
    }

    private void open(HostAndPort... hosts) {
        long[] numbers = new long[hosts.length];
        for (int i = 0; i < hosts.length; i++) {
            numbers[i] = hosts[i].port();
        }
        pool.idle(numbers);
        List<Connection> borrowed = new ArrayList<>();
        for (HostAndPort host : hosts) {
            Connection proxy = pool.borrow();
            Connection physical = Objects.requireNonNull(pool.physical(proxy));
            serverOf.put(physical, host);
            open.add(physical);
            borrowed.add(proxy);
        }
        borrowed.forEach(pool::giveBack);
    }

    private ReaderWatch watch(boolean inOrder, @Nullable Duration limit) {
        Random middle = new Random() {
            private static final long serialVersionUID = 1;

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
        return new ReaderWatch(
                "Reader of database 'ledger'",
                new Servers(),
                new ReaderWatch.Preference(inOrder, limit),
                evictions,
                clock,
                middle);
    }

    private final class Servers implements ReaderWatch.Reader {

        @Override
        public List<HostAndPort> hosts() {
            return List.of(FIRST, SECOND);
        }

        @Override
        public Suitability check(HostAndPort host) {
            checks++;
            return Objects.requireNonNull(servers.get(host));
        }

        @Override
        public List<Connection> connections() {
            return open.stream().filter(each -> !pool.isClosed(each)).toList();
        }

        @Override
        public HostAndPort serverOf(Connection connection) {
            return Objects.requireNonNull(serverOf.get(connection));
        }

        @Override
        public boolean wasPromoted(Connection connection) {
            return promoted.contains(connection);
        }
    }
}
