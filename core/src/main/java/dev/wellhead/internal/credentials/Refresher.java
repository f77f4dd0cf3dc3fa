package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.RefreshListener;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Fetches credentials from one source: on a background thread, one fetch at a time, as often as the schedule allows.
 *
 * <p>Callers share the fetch in progress and wait for it within their own budget; a fetch that takes longer still
 * counts when it ends. After a failure, the source is not called again until the delay of the schedule has passed;
 * until then, callers get the same failure immediately. Thread-safe; pins no carrier of virtual threads.
 *
 * @param <K> what the source returns: credentials, or the text that they are read from
 */
public final class Refresher<K> {

    /** The generation to pass if the server has refused nothing; generations of real sets are higher. */
    public static final long NOTHING_REFUSED = 0;

    /** As {@link #NOTHING_REFUSED}, but the schedule counts the fetch: a caller repeats it. */
    private static final long POLL = -1;

    /** A fetch that takes longer is abandoned; sources limit their calls to a third of this. */
    private static final long LONGEST_FETCH_NANOS = Duration.ofSeconds(15).toNanos();

    /** How soon to try again if all background threads are busy. */
    private static final long NO_THREAD_NANOS = Duration.ofMillis(20).toNanos();

    private final RefreshSource<K> source;
    private final RefreshSchedule schedule;
    private final RefreshClock clock;
    private final Executor executor;
    private final RefreshPace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private @Nullable Fetch inProgress;
    /** The last fetch that a caller of {@link #fetchOnce} started. */
    private @Nullable Fetch lastComplete;

    private @Nullable CredentialsException failure;
    private long fetches;
    private @Nullable String warned;
    private volatile @Nullable RefreshListener listener;

    /** @param executor runs the fetches; rejects a task if it has no thread for it */
    public Refresher(RefreshSource<K> source, RefreshSchedule schedule, RefreshClock clock, Executor executor) {
        this.source = source;
        this.schedule = schedule;
        this.clock = clock;
        this.executor = executor;
        this.pace = new RefreshPace(schedule, clock);
    }

    /** Notifies {@code notified} of every fetch from now on. */
    public void reportTo(RefreshListener notified) {
        listener = notified;
    }

    /** Starts a fetch in the background unless one is in progress or it is too early for another. */
    public void prefetch() {
        startIfAllowed(NOTHING_REFUSED);
    }

    /** Starts a fetch in the background if the last one ended longer than {@code interval} ago. */
    public void refreshIfDue(Duration interval) {
        lock.lock();
        try {
            if (pace.isDue(interval) && !isFetching()) {
                start(NOTHING_REFUSED, false);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return credentials of a higher generation than {@code refused}, or the known ones if no newer ones were found
     * in time}
     *
     * @param refused the generation that the server refused, or {@link #NOTHING_REFUSED}
     * @param budget how long the caller can wait
     * @throws CredentialsException if the source failed or did not answer within {@code budget}, or the thread was
     *     interrupted, whose flag is then restored
     */
    public K newerThan(long refused, Duration budget) throws CredentialsException {
        long deadline = clock.nanoTime() + budget.toNanos();
        lock.lock();
        try {
            long fetchesBefore = fetches;
            Fetch own = null;
            while (true) {
                K known = source.lastKnown();
                if (known != null && source.generation(known) > refused && (own == null || own != inProgress)) {
                    return known;
                }
                long left = deadline - clock.nanoTime();
                boolean answered = fetches != fetchesBefore;
                boolean tooEarly = pace.waitNanos() > 0;
                if (isFetching()) {
                    if (ended.awaitNanos(left) <= 0) {
                        throw source.timeoutFailure(budget);
                    }
                } else if (failure != null && (answered || tooEarly)) {
                    throw restated(failure);
                } else if (known != null && !schedule.waitsForChange() && (answered || tooEarly)) {
                    return known;
                } else if (!tooEarly || (known == null && own == null)) {
                    own = startOrWait(refused, false, left, budget);
                } else if (pace.waitNanos() >= left) {
                    if (known == null) {
                        throw source.timeoutFailure(budget);
                    }
                    return known;
                } else {
                    clock.await(ended, pace.waitNanos());
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the credentials after one fetch that begins now, regardless of the schedule} Concurrent callers of this
     * method share one fetch. A fetch that another reason has started is awaited first: it may have begun before the
     * source changed.
     *
     * @param budget how long the caller can wait
     * @throws CredentialsException if the source failed or did not answer within {@code budget}, or the thread was
     *     interrupted, whose flag is then restored
     */
    public K fetchOnce(Duration budget) throws CredentialsException {
        long deadline = clock.nanoTime() + budget.toNanos();
        lock.lock();
        try {
            Fetch before = lastComplete;
            Fetch shared = isFetching() && inProgress == before ? before : null;
            while (shared == null || !shared.ended) {
                long left = deadline - clock.nanoTime();
                Fetch running = isFetching() ? inProgress : null;
                if (shared == null && lastComplete != before) {
                    shared = lastComplete;
                } else if (shared == null && running == null) {
                    shared = startOrWait(NOTHING_REFUSED, true, left, budget);
                } else if (left <= 0 || ended.awaitNanos(left) <= 0) {
                    throw source.timeoutFailure(budget);
                }
            }
            return shared.result();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fetches once more if the schedule allows a poll now, and waits for the answer. For a caller that repeats this
     * until the source has changed.
     *
     * @param budget how long the caller can wait; a fetch that takes longer continues
     * @throws CredentialsException if the last fetch failed, or the thread was interrupted, whose flag is then restored
     */
    public void poll(Duration budget) throws CredentialsException {
        long deadline = clock.nanoTime() + budget.toNanos();
        lock.lock();
        try {
            pollInBackground();
            Fetch awaited = inProgress;
            long left = deadline - clock.nanoTime();
            while (awaited != null && awaited == inProgress && left > 0) {
                left = ended.awaitNanos(left);
            }
            if (failure != null) {
                throw restated(failure);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** Starts a fetch in the background if the schedule allows a poll now. */
    public void pollInBackground() {
        startIfAllowed(POLL);
    }

    private void startIfAllowed(long refused) {
        lock.lock();
        try {
            if (!isFetching() && pace.waitNanos() <= 0) {
                start(refused, false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return a new exception for each caller: the stack trace of the background thread would mislead} */
    private static CredentialsException restated(CredentialsException failure) {
        return new CredentialsException(failure.problem(), failure.fix(), failure);
    }

    private static CredentialsException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CredentialsException("Interrupted while waiting for credentials.", e);
    }

    /** {@return the fetch that was started, or null after a short wait if all threads are busy} */
    private @Nullable Fetch startOrWait(long refused, boolean complete, long left, Duration budget)
            throws CredentialsException, InterruptedException {
        Fetch started = start(refused, complete);
        if (started == null) {
            if (left <= 0) {
                throw source.timeoutFailure(budget);
            }
            clock.await(ended, Math.min(NO_THREAD_NANOS, left));
        }
        return started;
    }

    /**
     * Fetches on the calling thread, regardless of the schedule. For sources on this machine, which answer quickly.
     *
     * @param refused as {@link RefreshSource#fetch}
     * @return whether new credentials were found
     */
    public boolean fetchNow(long refused) throws CredentialsException {
        return fetchNow(refused, false);
    }

    private boolean fetchNow(long refused, boolean complete) throws CredentialsException {
        long begin = System.nanoTime();
        boolean succeeded = false;
        boolean changed = false;
        try {
            changed = complete ? source.fetchAll() : source.fetch(refused);
            succeeded = true;
            return changed;
        } finally {
            report(Duration.ofNanos(System.nanoTime() - begin), succeeded, changed);
        }
    }

    private void report(Duration duration, boolean succeeded, boolean changed) {
        RefreshListener notified = listener;
        if (notified == null) {
            return;
        }
        if (succeeded) {
            notified.refreshed(duration, changed);
        } else {
            notified.refreshFailed(duration);
        }
    }

    private boolean isFetching() {
        Fetch fetch = inProgress;
        return fetch != null && clock.nanoTime() - fetch.since < LONGEST_FETCH_NANOS;
    }

    /** {@return the fetch, or null if all threads are busy} */
    private @Nullable Fetch start(long refused, boolean complete) {
        Fetch fetch = new Fetch(refused, complete, clock.nanoTime());
        Fetch before = lastComplete;
        inProgress = fetch;
        lastComplete = complete ? fetch : before;
        try {
            pace.started();
            executor.execute(fetch);
            return fetch;
        } catch (RejectedExecutionException allBusy) {
            inProgress = null;
            lastComplete = before;
            return null;
        }
    }

    private void end(Fetch fetch, boolean changed, @Nullable CredentialsException failed) {
        lock.lock();
        try {
            failure = failed;
            fetch.ended = true;
            fetch.failure = failed;
            if (failed != null) {
                pace.failed();
                warnIfInUse(fetch, String.valueOf(failed.getMessage()));
            } else {
                warned = null;
                if (changed) {
                    pace.changed();
                } else {
                    pace.unchanged(fetch.refused != NOTHING_REFUSED);
                }
            }
            if (inProgress == fetch) {
                inProgress = null;
            }
            fetches++;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Callers get the failure of a fetch that they started; other failures reach the log only. */
    private void warnIfInUse(Fetch fetch, String message) {
        boolean isForCaller = fetch.complete || fetch.refused > NOTHING_REFUSED;
        if (!isForCaller && source.lastKnown() != null && !message.equals(warned)) {
            warned = message;
            LoggerFactory.getLogger(Refresher.class).warn("{} The last good credentials stay in use.", message);
        }
    }

    /** One call of the source on a background thread. */
    private final class Fetch implements Runnable {

        private final long refused;
        private final boolean complete;
        private final long since;
        private boolean ended;
        private @Nullable CredentialsException failure;

        /** @param complete whether everything that can have changed is fetched, for a caller of {@link #fetchOnce} */
        Fetch(long refused, boolean complete, long since) {
            this.refused = refused;
            this.complete = complete;
            this.since = since;
        }

        /** {@return the credentials after this fetch} Called under the lock. */
        K result() throws CredentialsException {
            if (failure != null) {
                throw restated(failure);
            }
            return Objects.requireNonNull(source.lastKnown(), "a fetch that succeeds finds credentials");
        }

        @Override
        public void run() {
            boolean changed = false;
            CredentialsException failed = null;
            try {
                changed = fetchNow(Math.max(refused, NOTHING_REFUSED), complete);
            } catch (CredentialsException e) {
                failed = e;
            } catch (RuntimeException | Error e) {
                // a missing class, for example: the callers get it with the advice of the source
                failed = source.unexpectedFailure(e);
            }
            end(this, changed, failed);
        }
    }
}
