package dev.wellhead.internal.pool.rotation;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.login.ProofSchedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows the credentials of one pool. About once a second it reads the current credentials from the provider; new ones are
 * proven with a real connection, and then the connections of older generations retire. A connection that the pool opens
 * by itself proves credentials as well. Thread-safe.
 *
 * <p>There are two states: following, and retiring the connections before the proven generation. A newer generation that
 * is proven during a retirement starts a new retirement in its place.
 */
public final class Rotation implements Maintenance.Task {

    private static final long WATCH_MILLIS = 1_000;

    /** Steps of one pool do not overlap: a server that does not answer must not delay a newer rotation for long. */
    private static final Duration LONGEST_IN_BACKGROUND = Duration.ofSeconds(5);

    /** A refresh that used up the budget still leaves time for a proof. */
    private static final Duration SHORTEST_PROOF = Duration.ofMillis(100);

    private static final long NOTHING_PROVEN = Long.MIN_VALUE;
    private static final long STOPPED = Long.MAX_VALUE;

    private final RotationReport report;
    private final FollowedCredentials credentials;
    private final RotatedPool pool;
    private final Replacements replacements;
    private final PoolClock clock;
    private final Duration budget;
    private final Duration backgroundBudget;
    private final ProofSchedule proofs = new ProofSchedule();
    private @Nullable Maintenance maintenance;
    private volatile long proven = NOTHING_PROVEN;
    private volatile @Nullable Retirement retirement;
    private long lastCompleted = NOTHING_PROVEN;
    private @Nullable SharedRefresh refreshes;

    /** @param budget the longest time for one attempt to connect */
    public Rotation(
            RotationReport report,
            FollowedCredentials credentials,
            RotatedPool pool,
            Replacements replacements,
            PoolClock clock,
            Duration budget) {
        this.report = report;
        this.credentials = credentials;
        this.pool = pool;
        this.replacements = replacements;
        this.clock = clock;
        this.budget = budget;
        this.backgroundBudget = budget.compareTo(LONGEST_IN_BACKGROUND) < 0 ? budget : LONGEST_IN_BACKGROUND;
    }

    /** Begins to watch the credentials. Called once. */
    public synchronized void start(MaintenanceTimer timer) {
        maintenance = new Maintenance(this, timer);
        maintenance.schedule(WATCH_MILLIS);
    }

    /** Stops watching and retiring. */
    public synchronized void stop() {
        if (maintenance != null) {
            maintenance.stop();
        }
        retirement = null;
        proven = STOPPED;
    }

    /** Called for each borrowed connection: costs one volatile read, unless connections are retiring. */
    public void borrowed(Connection connection) {
        Retirement current = retirement;
        if (current != null) {
            current.borrowed(connection);
        }
    }

    /** Called for each connection that opened, on the thread that opened it. */
    public synchronized void opened(long generation) {
        if (generation < proven) {
            retireLate();
        }
        if (generation <= proven) {
            return;
        }
        boolean isFirst = proven == NOTHING_PROVEN;
        proven = generation;
        if (!isFirst) {
            Retirement next = retirementBefore(generation);
            report.proven(generation, next.label(), credentials.memory().isMove(generation), next.count());
            retire(next);
        }
    }

    /**
     * Retires an older connection that began to open before the proof and was open only after the retirement had completed.
     * Its server can be one that must not be written to any more.
     */
    private void retireLate() {
        if (retirement == null && proven != STOPPED) {
            Retirement late = retirementBefore(proven);
            if (late.count() > 0) {
                retire(late);
            }
        }
    }

    private Retirement retirementBefore(long generation) {
        String label = credentials.memory().acceptedLabel();
        return new Retirement(generation, label, clock.nanoTime(), pool, replacements, backgroundBudget);
    }

    private void retire(Retirement next) {
        retirement = next;
        if (maintenance != null) {
            maintenance.wake();
        }
    }

    @Override
    public long step() {
        long nextStep = retire();
        watch();
        return nextStep;
    }

    /** {@return the delay until the next step} Retires at most one connection. */
    private long retire() {
        Retirement current = retirement;
        if (current == null) {
            return WATCH_MILLIS;
        }
        int oldConnections = pool.countOlderThan(current.generation());
        if (oldConnections > 0) {
            return current.step(oldConnections);
        }
        complete(current);
        return WATCH_MILLIS;
    }

    /** Ends a retirement, unless a newer one has replaced it. */
    private synchronized void complete(Retirement completed) {
        if (retirement == completed) {
            retirement = null;
            replacements.drop();
            if (completed.generation() == lastCompleted) {
                // connections that opened late: the rotation is reported as complete already
                return;
            }
            lastCompleted = completed.generation();
            report.completed(
                    completed.generation(),
                    completed.label(),
                    completed.count(),
                    Duration.ofNanos(clock.nanoTime() - completed.startNanos()));
        }
    }

    /**
     * Reads the current credentials, and tries new ones when their next attempt is due. A source that fails changes
     * nothing.
     */
    private void watch() {
        if (proven == NOTHING_PROVEN) {
            // no connection has opened yet; the pool logs the reason
            return;
        }
        adoptAccepted();
        CredentialsSet set;
        try {
            set = credentials.current(backgroundBudget);
        } catch (SQLException e) {
            report.sourceFailed(e);
            return;
        }
        boolean needsProof = credentials.needsProof(set);
        credentials.followPlace();
        if (!needsProof) {
            return;
        }
        begin(set);
        long now = clock.nanoTime() / 1_000_000;
        if (proofs.isDue(now)) {
            try {
                prove(backgroundBudget);
            } catch (SQLException e) {
                if (proofs.failed(now) && credentials.memory().needsProof(set)) {
                    report.notProven(e);
                }
            }
        }
    }

    /** Reports new credentials once. */
    private void begin(CredentialsSet set) {
        boolean isNew = proofs.begin(set.generation(), credentials.placeNumber(), clock.nanoTime() / 1_000_000);
        if (isNew && credentials.memory().needsProof(set)) {
            report.found(set.candidates().get(0).label());
        }
    }

    /** Opens a connection with the newest credentials. {@link #opened} is called for it and starts the retirement. */
    private void prove(Duration within) throws SQLException {
        try {
            dropUnlessNeeded(replacements.openWithFirstCandidate(within));
        } catch (SQLException e) {
            if (!adoptAccepted()) {
                throw e;
            }
            report.provenWithoutSession(e);
        }
    }

    /** Closes a connection that replaces no older one, or that is already older itself. */
    private void dropUnlessNeeded(long generation) {
        Retirement current = retirement;
        if (current == null || generation < current.generation()) {
            replacements.drop();
        }
    }

    /**
     * {@return whether the server has accepted newer credentials than those of the open connections} It can accept a login
     * and then open no session, for example because the role has too many connections. The login is proven nevertheless.
     */
    private boolean adoptAccepted() {
        long accepted = credentials.memory().acceptedGeneration();
        if (accepted <= proven) {
            return false;
        }
        opened(accepted);
        return true;
    }

    /**
     * Fetches the credentials once and proves new ones, on the caller's thread. Concurrent callers share the result.
     *
     * @return whether newer credentials were proven in the meantime
     * @throws SQLException if the source failed, or if new credentials could not be proven
     */
    public boolean refresh() throws SQLException {
        return refreshes().run();
    }

    /** {@return the refresh that callers share} Created when it is needed first, because most pools never need it. */
    private synchronized SharedRefresh refreshes() {
        SharedRefresh shared = refreshes;
        if (shared == null) {
            shared = new SharedRefresh(this::fetchAndProve);
            refreshes = shared;
        }
        return shared;
    }

    private boolean fetchAndProve() throws SQLException {
        long start = clock.nanoTime();
        long before = proven;
        CredentialsSet set = credentials.fetchNow(budget);
        proveIfNew(set, budget.minusNanos(clock.nanoTime() - start));
        return proven > before;
    }

    /**
     * Proves the credentials that another pool has just fetched from the same source.
     *
     * @return whether newer credentials were proven in the meantime
     * @throws SQLException if the source failed, or if new credentials could not be proven
     */
    public boolean proveCurrent() throws SQLException {
        long before = proven;
        proveIfNew(credentials.current(budget), budget);
        return proven > before;
    }

    private void proveIfNew(CredentialsSet set, Duration left) throws SQLException {
        Duration within = left.compareTo(SHORTEST_PROOF) < 0 ? SHORTEST_PROOF : left;
        if (credentials.needsProof(set)) {
            begin(set);
            prove(within);
        } else if (credentials.memory().hasUntried(set)) {
            // the first candidate is the login in use; another one matters only if the server refuses the first now
            replacements.open(within);
            dropUnlessNeeded(proven);
        }
    }
}
