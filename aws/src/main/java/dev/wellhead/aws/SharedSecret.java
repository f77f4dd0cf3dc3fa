package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.credentials.RefreshSchedule;
import dev.wellhead.internal.credentials.RefreshThreads;
import dev.wellhead.internal.credentials.Refresher;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/**
 * One secret, read once for all databases that use it. Each database reads its own fields from the text. Thread-safe.
 *
 * <p>The current version is fetched for the first login, and again in the background after each refresh interval. If a
 * server refuses the known credentials, the labels are read in the order in which a rotation can have moved them:
 * AWSCURRENT (the rotation is complete), AWSPENDING (in a single-user rotation, the server has the pending password
 * before the current label moves), AWSPREVIOUS (the rotation was rolled back). If none of them is new, the labels are
 * read again about once a second for as long as a caller is waiting, because reads are eventually consistent and a
 * rotation that RDS manages can show the pending version late or never.
 *
 * <p>Source: AWS Secrets Manager User Guide, "Lambda rotation functions" and "Rotation strategies".
 */
final class SharedSecret implements RefreshListener, AutoCloseable {

    /** Reads can lag behind a rotation for a moment, and an operator needs minutes to correct a secret. */
    private static final RefreshSchedule.Delay POLL =
            RefreshSchedule.doubling(Duration.ofMillis(150), Duration.ofSeconds(1));

    /** The number of polls before they become slow: at most one per second for a quarter of an hour. */
    private static final int FAST_POLLS = 15 * 60;

    /** Slow enough for a secret that stays wrong: 6 polls per minute and process. */
    private static final Duration SLOW_POLL = Duration.ofSeconds(10);

    /** The server can refuse the new credentials too; then the next fetch follows soon. */
    private static final Duration AFTER_CHANGE = Duration.ofMillis(100);

    private static final RefreshSchedule SCHEDULE = new RefreshSchedule(
            changes -> changes == 0 ? Duration.ZERO : AFTER_CHANGE,
            polls -> polls < FAST_POLLS ? POLL.after(polls) : SLOW_POLL,
            RefreshSchedule.remoteFailure(),
            true);

    private final SecretStore store;
    private final SecretErrors errors;
    private final RefreshClock clock;
    private final SecretReader reader;
    private final Refresher<SecretContent> refresher;
    private final List<RefreshListener> listeners = new CopyOnWriteArrayList<>();

    /** @param store closed with this object */
    SharedSecret(String secretId, SecretStore store, SecretErrors errors, RefreshClock clock) {
        this.store = store;
        this.errors = errors;
        this.clock = clock;
        this.reader = new SecretReader(secretId, store, errors);
        this.refresher = new Refresher<>(reader, SCHEDULE, clock, RefreshThreads.EXECUTOR);
        refresher.reportTo(this);
    }

    /** {@return the secret's name in logs and messages} */
    String description() {
        return errors.description();
    }

    /** Starts the first fetch in the background. */
    void prepare() {
        if (reader.lastKnown() == null) {
            refresher.prefetch();
        }
    }

    /**
     * {@return the content that was read last} Starts a fetch in the background if the last one is older than
     * {@code interval}.
     */
    SecretContent current(Duration interval, Duration budget) throws CredentialsException {
        refresher.refreshIfDue(interval);
        return refresher.newerThan(Refresher.NOTHING_REFUSED, budget);
    }

    /**
     * {@return a newer content than the refused generation, or the known one if there is none within {@code budget}}
     *
     * @param isUseful whether a content is worth trying for the database that asks
     */
    SecretContent newerThan(long refused, Duration budget, Predicate<SecretContent> isUseful)
            throws CredentialsException {
        long deadline = clock.nanoTime() + budget.toNanos();
        SecretContent content = refresher.newerThan(refused, budget);
        long left = deadline - clock.nanoTime();
        long known = refused;
        while (content.generation() > known && left > 0 && !isUseful.test(content)) {
            known = content.generation();
            content = refresher.newerThan(known, Duration.ofNanos(left));
            left = deadline - clock.nanoTime();
        }
        return content;
    }

    /** {@return the content after one fetch that begins now} */
    SecretContent fetchOnce(Duration budget) throws CredentialsException {
        return refresher.fetchOnce(budget);
    }

    /** {@return the content after a poll of the current version, if one may start now} */
    SecretContent poll(Duration budget) throws CredentialsException {
        refresher.poll(budget);
        return known();
    }

    /** {@return the content that was read last} Starts a poll if one may start now. */
    SecretContent pollInBackground() {
        refresher.pollInBackground();
        return known();
    }

    private SecretContent known() {
        return Objects.requireNonNull(reader.lastKnown(), "a fetch that succeeds finds a version");
    }

    /** Notifies {@code listener} of every fetch from now on. */
    void add(RefreshListener listener) {
        listeners.add(listener);
    }

    void remove(RefreshListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void refreshed(Duration duration, boolean changed) {
        notifyAll(listener -> listener.refreshed(duration, changed));
    }

    @Override
    public void refreshFailed(Duration duration) {
        notifyAll(listener -> listener.refreshFailed(duration));
    }

    /** A listener of one database must not fail the read, which the other databases use as well. */
    private void notifyAll(Consumer<RefreshListener> event) {
        for (RefreshListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                LoggerFactory.getLogger(RotatingSecret.class)
                        .warn(
                                "A refresh listener of {} failed ({}).",
                                description(),
                                listener.getClass().getName(),
                                e);
            }
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
