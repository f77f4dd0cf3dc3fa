package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.credentials.RefreshSchedule;
import dev.wellhead.internal.credentials.RefreshThreads;
import dev.wellhead.internal.credentials.Refresher;
import java.time.Duration;

/**
 * Follows the rotation of one secret.
 *
 * <p>The current version is fetched for the first login, and again in the background after each refresh interval. If the
 * server refuses the known credentials, the labels are read in the order in which a rotation can have moved them:
 * AWSCURRENT (the rotation is complete), AWSPENDING (in a single-user rotation, the server has the pending password
 * before the current label moves), AWSPREVIOUS (the rotation was rolled back). If none of them is new, the provider polls
 * about once a second for as long as a caller is waiting, because reads are eventually consistent and a rotation that RDS
 * manages can show the pending version late or never.
 *
 * <p>Source: AWS Secrets Manager User Guide, "Lambda rotation functions" and "Rotation strategies".
 */
final class RotatingSecret implements CredentialsProvider {

    /** Reads can lag behind a rotation for a moment; after a minute without a change the password is probably wrong. */
    private static final RefreshSchedule.Delay POLL =
            RefreshSchedule.doubling(Duration.ofMillis(150), Duration.ofSeconds(1));

    /** The number of polls before they become slow: at most one per second for a minute. */
    private static final int POLLS_PER_MINUTE = 60;

    /** Slow enough for a password that stays wrong: 6 calls per minute and instance. */
    private static final Duration SLOW_POLL = Duration.ofSeconds(10);

    /** The server can refuse the new credentials too; then the next fetch follows soon. */
    private static final Duration AFTER_CHANGE = Duration.ofMillis(100);

    private final SecretStore store;
    private final SecretErrors errors;
    private final Refresher refresher;

    /**
     * @param store closed with this provider
     * @param refreshInterval how often the current version is fetched in the background
     */
    RotatingSecret(
            String secretId,
            SecretStore store,
            SecretParser parser,
            SecretErrors errors,
            Duration refreshInterval,
            RefreshClock clock) {
        this.store = store;
        this.errors = errors;
        SecretReader reader = new SecretReader(secretId, store, parser, errors);
        this.refresher = new Refresher(reader, schedule(refreshInterval), clock, RefreshThreads.EXECUTOR);
    }

    /**
     * {@return when to fetch: after a change, after a fetch without a change, after a failure, and in the background}
     */
    private static RefreshSchedule schedule(Duration refreshInterval) {
        return new RefreshSchedule(
                changes -> changes == 0 ? Duration.ZERO : AFTER_CHANGE,
                polls -> polls < POLLS_PER_MINUTE ? POLL.after(polls) : SLOW_POLL,
                RefreshSchedule.remoteFailure(),
                true,
                refreshInterval);
    }

    @Override
    public void prepare() {
        refresher.prefetch();
    }

    @Override
    public boolean reportTo(RefreshListener listener) {
        refresher.reportTo(listener);
        return true;
    }

    @Override
    public String description() {
        return errors.description();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        refresher.refreshIfDue();
        return refresher.newerThan(Refresher.NOTHING_REFUSED, budget);
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        return refresher.newerThan(refused.generation(), budget);
    }

    @Override
    public CredentialsSet fetchNow(LoginTarget target, Duration budget) throws CredentialsException {
        return refresher.fetchOnce(budget);
    }

    @Override
    public void close() {
        store.close();
    }
}
