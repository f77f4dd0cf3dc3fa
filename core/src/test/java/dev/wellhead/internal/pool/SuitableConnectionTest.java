package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.internal.pool.recovery.OfflineConnections;
import dev.wellhead.internal.pool.roles.PendingEvictions;
import dev.wellhead.internal.pool.rotation.RotatedPool;
import dev.wellhead.testkit.Await;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A borrow from a real HikariCP pool whose idle connections have to be evicted. */
class SuitableConnectionTest {

    private static final int SIZE = 3;
    private static final long TIMEOUT_MILLIS = 250;

    private final Set<Connection> marked = ConcurrentHashMap.newKeySet();
    private final HikariDataSource hikari = start();
    private final List<Connection> evicted = new ArrayList<>();
    private long evictionMillis;
    private final PendingEvictions evictions = new PendingEvictions(pool());

    @BeforeEach
    void markAll() throws SQLException {
        Await.until(Duration.ofSeconds(60), () -> hikari.getHikariPoolMXBean().getIdleConnections() == SIZE);
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            all.add(hikari.getConnection());
        }
        for (Connection connection : all) {
            Connection physical = connection.unwrap(Connection.class);
            marked.add(physical);
            evictions.mark(physical);
            connection.close();
        }
    }

    @AfterEach
    void close() {
        hikari.close();
    }

    @Test
    void suitable_idleConnectionsHaveToBeEvicted_isANewConnection() throws SQLException {
        hikari.setConnectionTimeout(TimeUnit.MINUTES.toMillis(1));

        try (Connection suitable = ConnectionPool.suitable(hikari, evictions)) {
            assertThat(marked).doesNotContain(suitable.unwrap(Connection.class));
        }
        assertThat(evicted).isNotEmpty();
    }

    /** Each connection that has to be evicted could otherwise cost another connectionTimeout. */
    @Test
    void suitable_searchTakesLongerThanConnectionTimeout_endsWithTheNextConnection() throws SQLException {
        evictionMillis = TIMEOUT_MILLIS + 1;

        ConnectionPool.suitable(hikari, evictions).close();

        assertThat(evicted).hasSize(1);
    }

    private static HikariDataSource start() {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setDataSource(OfflineConnections.source());
        return new HikariDataSource(config);
    }

    /** {@return the operations of a rotation on the pool, with evictions that take some time} */
    private RotatedPool pool() {
        return (RotatedPool) Proxy.newProxyInstance(
                SuitableConnectionTest.class.getClassLoader(),
                new Class<?>[] {RotatedPool.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "physical" -> ((Connection) arguments[0]).unwrap(Connection.class);
                    case "isClosed" -> ((Connection) arguments[0]).isClosed();
                    case "evict" -> {
                        TimeUnit.MILLISECONDS.sleep(evictionMillis);
                        evicted.add((Connection) arguments[0]);
                        hikari.evictConnection((Connection) arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
