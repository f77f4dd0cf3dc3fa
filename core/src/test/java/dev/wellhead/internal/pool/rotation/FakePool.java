package dev.wellhead.internal.pool.rotation;

import dev.wellhead.settings.DatabaseSettings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A pool in memory that behaves as HikariCP does with evicted connections. Its connections are tokens without methods. */
public final class FakePool implements RotatedPool, Replacements {

    /** The operations on the pool, in order. */
    public final List<String> log = new ArrayList<>();

    final List<Duration> budgets = new ArrayList<>();
    boolean running = true;
    boolean usesReplacements = true;
    public int pending;
    int minimumIdle;
    int maximumPoolSize = 10;
    long opensGeneration = 2;

    @Nullable
    SQLException openFailure;

    /** Runs before {@link #openFailure} is thrown. */
    Runnable beforeFailure = () -> {};

    LongConsumer opened = generation -> {};

    /** Runs before the older connections are counted. */
    Runnable beforeCount = () -> {};

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Connection, Entry> proxies = new HashMap<>();
    private @Nullable Long ready;

    private static final class Entry {
        final Connection physical = token();
        final long generation;

        @Nullable
        Connection proxy;

        boolean evictWhenReturned;

        Entry(long generation) {
            this.generation = generation;
        }
    }

    private static Connection token() {
        return (Connection) Proxy.newProxyInstance(
                FakePool.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Adds idle connections of these generations. */
    public FakePool idle(long... generations) {
        for (long generation : generations) {
            entries.add(new Entry(generation));
        }
        minimumIdle = entries.size();
        return this;
    }

    /** {@return the generations of the connections in the pool} */
    public List<Long> generations() {
        return entries.stream().map(entry -> entry.generation).toList();
    }

    /** {@return a connection as a borrower gets it: the one that was idle longest} */
    public Connection borrow() {
        for (Entry entry : entries) {
            if (entry.proxy == null) {
                Connection proxy = token();
                entry.proxy = proxy;
                proxies.put(proxy, entry);
                return proxy;
            }
        }
        throw new IllegalStateException("no idle connection");
    }

    /** Closes an idle connection, as a server that ends the session. */
    public void terminate(Connection returned) {
        entries.remove(proxies.get(returned));
    }

    @Override
    public void giveBack(Connection acquired) {
        Entry entry = entry(acquired);
        entry.proxy = null;
        entries.remove(entry);
        if (entry.evictWhenReturned) {
            refill();
        } else {
            entries.add(entry);
        }
    }

    @Override
    public Connection acquire() throws SQLException {
        log.add("acquire");
        if (idle() == 0) {
            throw new SQLException("no idle connection");
        }
        return borrow();
    }

    @Override
    public void evict(Connection borrowed) {
        Entry entry = entry(borrowed);
        log.add("evict " + entry.generation);
        if (entry.proxy == null || entry.proxy == borrowed) {
            entries.remove(entry);
            refill();
        } else {
            entry.evictWhenReturned = true;
        }
    }

    private void refill() {
        Long replacement = ready;
        if (usesReplacements && replacement != null && idle() < minimumIdle) {
            ready = null;
            entries.add(new Entry(replacement));
        }
    }

    private Entry entry(Connection proxy) {
        Entry entry = proxies.get(proxy);
        if (entry == null) {
            throw new IllegalStateException("not a proxy of this pool");
        }
        return entry;
    }

    @Override
    public String name() {
        return "default";
    }

    @Override
    public boolean isReader() {
        return false;
    }

    @Override
    public DatabaseSettings settings() {
        throw new UnsupportedOperationException("a rotation does not read settings");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int idle() {
        return (int) entries.stream().filter(entry -> entry.proxy == null).count();
    }

    @Override
    public int used() {
        return total() - idle();
    }

    @Override
    public int pending() {
        return pending;
    }

    @Override
    public int total() {
        return entries.size();
    }

    @Override
    public int minimumIdle() {
        return minimumIdle;
    }

    @Override
    public int maximumPoolSize() {
        return maximumPoolSize;
    }

    @Override
    public int countOlderThan(long generation) {
        Runnable interruption = beforeCount;
        beforeCount = () -> {};
        interruption.run();
        return (int)
                entries.stream().filter(entry -> entry.generation < generation).count();
    }

    @Override
    public long generationOf(Connection connection) {
        Entry entry = proxies.get(connection);
        return entry == null || entry.proxy != connection ? -1 : entry.generation;
    }

    @Override
    public @Nullable Connection physical(Connection borrowed) {
        Entry entry = entry(borrowed);
        return entry.proxy == borrowed ? entry.physical : null;
    }

    @Override
    public boolean isClosed(Connection connection) {
        Entry entry = proxies.get(connection);
        return entry == null
                ? entries.stream().noneMatch(present -> present.physical == connection)
                : entry.proxy != connection;
    }

    @Override
    public boolean isReady() {
        return ready != null;
    }

    @Override
    public void open(Duration budget) throws SQLException {
        log.add("open");
        keep(budget);
    }

    @Override
    public long openWithFirstCandidate(Duration budget) throws SQLException {
        log.add("openWithFirstCandidate");
        keep(budget);
        return opensGeneration;
    }

    private void keep(Duration budget) throws SQLException {
        budgets.add(budget);
        if (openFailure != null) {
            beforeFailure.run();
            throw openFailure;
        }
        ready = opensGeneration;
        opened.accept(opensGeneration);
    }

    @Override
    public void drop() {
        log.add("drop");
        ready = null;
    }
}
