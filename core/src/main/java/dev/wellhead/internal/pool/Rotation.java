package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the credentials of one pool: sees new ones about once a second, proves them with a real connection, and then
 * retires the connections of older generations. Connections that the pool opens on its own prove credentials as well.
 */
public final class Rotation implements Maintenance.Task, Retirement.Replacements {

    private static final long WATCH_MILLIS = 1_000;

    /** One thread serves all pools: a server that does not answer must not keep the others waiting for long. */
    private static final Duration LONGEST_PROOF = Duration.ofSeconds(5);

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final String subject;
    private final ObservedCredentials credentials;
    private final Route route;
    private final PhysicalSource source;
    private final OpenConnections open;
    private final HikariDataSource hikari;
    private final ConnectionPool pool;
    private final DatabaseListener listener;
    private final @Nullable BorrowTracker tracker;
    private final Duration budget;
    private final AtomicLong proven = new AtomicLong(UNKNOWN);
    private final Maintenance maintenance;
    private final KnownLogins logins = new KnownLogins();
    private final ProofSchedule proofs = new ProofSchedule();
    private long retiringSince;
    private int retiring;
    private String provenLabel = "";

    public Rotation(
            String subject,
            ObservedCredentials credentials,
            Route route,
            PhysicalSource source,
            OpenConnections open,
            HikariDataSource hikari,
            ConnectionPool pool,
            DatabaseListener listener,
            @Nullable BorrowTracker tracker,
            Duration budget) {
        this.subject = subject;
        this.credentials = credentials;
        this.route = route;
        this.source = source;
        this.open = open;
        this.hikari = hikari;
        this.pool = pool;
        this.listener = listener;
        this.tracker = tracker;
        this.budget = budget;
        this.maintenance = Maintenance.of(this, WATCH_MILLIS);
    }

    public void stop() {
        maintenance.stop();
    }

    /** Told of every connection that opened, on the thread that opened it. */
    public void opened(long generation) {
        long before = proven.get();
        while (generation > before) {
            if (proven.compareAndSet(before, generation)) {
                if (isNews() && before != UNKNOWN) {
                    retireOlderThan(generation);
                }
                return;
            }
            before = proven.get();
        }
    }

    private boolean isNews() {
        Credentials login = credentials.accepted();
        return login != null && logins.add(login, credentials.acceptedGeneration());
    }

    private synchronized void retireOlderThan(long generation) {
        Retirement underWay = pool.retirement;
        if (underWay != null && underWay.generation() >= generation) {
            return;
        }
        Credentials accepted = credentials.accepted();
        String label = accepted == null ? "" : accepted.label();
        provenLabel = label;
        retiring = open.olderThan(generation);
        retiringSince = System.nanoTime();
        log().info(
                        "{}: the server accepted new credentials from {} ({}); {} older connections retire one at a"
                                + " time.",
                        subject,
                        credentials.description(),
                        label,
                        retiring);
        pool.retirement = new Retirement(generation, hikari, open, this);
        listener.rotationProven(new Proven(hikari.getPoolName(), generation, label, retiring));
        maintenance.wake();
    }

    @Override
    public long step() {
        Retirement underWay = pool.retirement;
        long again = WATCH_MILLIS;
        if (underWay != null) {
            int left = underWay.left();
            if (left == 0) {
                complete(underWay);
            } else {
                again = unmeasured(underWay, left);
            }
        }
        watch();
        return again;
    }

    /** What this thread borrows from the pool is nobody's wait, and nobody's time-out. */
    private long unmeasured(Retirement underWay, int left) {
        if (tracker == null) {
            return underWay.step(left);
        }
        tracker.ignoreThisThread();
        try {
            return underWay.step(left);
        } finally {
            tracker.heedAgain();
        }
    }

    private synchronized void complete(Retirement ended) {
        if (pool.retirement != ended) {
            return;
        }
        pool.retirement = null;
        source.dropReady();
        Duration took = Duration.ofNanos(System.nanoTime() - retiringSince);
        log().info(
                        "{}: rotation of {} done ({}); {} connections retired in {} ms.",
                        subject,
                        credentials.description(),
                        provenLabel,
                        retiring,
                        took.toMillis());
        listener.rotationCompleted(new Completed(hikari.getPoolName(), ended.generation(), took, retiring));
    }

    private void watch() {
        if (credentials.accepted() == null) {
            // nothing was ever accepted: connections that open say why
            return;
        }
        CredentialsSet set;
        try {
            set = credentials.current(route.target(), background());
        } catch (CredentialsException e) {
            log().debug(
                            "{}: {} does not answer; the last credentials stay in use.",
                            subject,
                            credentials.description(),
                            e);
            return;
        }
        if (credentials.isAccepted(set) || route.isPassedOver(set)) {
            return;
        }
        long now = System.nanoTime() / 1_000_000;
        if (proofs.isNew(set.generation(), now)) {
            log().info(
                            "{}: new credentials in {} ({}); trying them.",
                            subject,
                            credentials.description(),
                            set.candidates().get(0).label());
        }
        if (!proofs.isDue(now)) {
            return;
        }
        try {
            prove(background());
        } catch (SQLException e) {
            if (proofs.failed(now)) {
                log().info(
                                "{}: the new credentials do not work yet, the ones in use stay. {}",
                                subject,
                                e.getMessage());
            }
        }
    }

    private Duration background() {
        return budget.compareTo(LONGEST_PROOF) < 0 ? budget : LONGEST_PROOF;
    }

    private void prove(Duration within) throws SQLException {
        Connection connection = route.prove(within);
        source.admit(connection);
        long generation = Connector.generationOf(connection);
        if (generation > proven.get()) {
            // it becomes the first replacement
            source.makeReady(connection);
            opened(generation);
            if (pool.retirement == null) {
                source.dropReady();
            }
        } else {
            connection.close();
        }
    }

    /** {@return whether something newer was found and proven} Runs on the caller's thread. */
    public boolean refresh() throws SQLException {
        long before = proven.get();
        long start = System.nanoTime();
        try {
            CredentialsSet set = credentials.current(route.target(), budget);
            if (credentials.isAccepted(set)) {
                set = credentials.refresh(set, route.target(), budget);
            }
            if (!credentials.isAccepted(set)) {
                Duration left = budget.minusNanos(System.nanoTime() - start);
                prove(left.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : left);
            }
        } catch (CredentialsException e) {
            throw new ConnectionFailedException(
                    String.valueOf(e.getMessage()), Route.NO_CREDENTIALS, FailureKind.CREDENTIALS_UNAVAILABLE, e);
        }
        return proven.get() > before;
    }

    @Override
    public boolean isReady() {
        return source.hasReady();
    }

    @Override
    public void prepare() throws SQLException {
        if (source.hasReady()) {
            return;
        }
        try {
            Connection replacement = route.open(background());
            source.admit(replacement);
            source.makeReady(replacement);
            opened(Connector.generationOf(replacement));
        } catch (ConnectionFailedException e) {
            if (e.kind() != FailureKind.TOO_MANY_CONNECTIONS) {
                throw e;
            }
            log().debug("{}: no slot for a replacement; the old connection goes first.", subject);
        }
    }

    @Override
    public void drop() {
        source.dropReady();
    }

    private record Proven(String pool, long generation, String label, int retiring)
            implements DatabaseListener.RotationProven {}

    private record Completed(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}

    private static Logger log() {
        return LoggerFactory.getLogger(ConnectionPool.class);
    }
}
