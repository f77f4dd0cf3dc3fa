package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the rotation of one secret.
 *
 * <p>The current version is fetched at the first login and again, in the background, after each refresh interval. When
 * the server refuses what is known, the labels are asked for in the order in which a rotation can have moved them:
 * AWSCURRENT (the rotation is over), AWSPENDING (single user: the server has the pending password while the current
 * label still points to the old one), AWSPREVIOUS (rolled back). Where none of them is new, the current and the pending
 * label are asked for about once a second while somebody waits, since reads are eventually consistent and RDS-managed
 * rotation may show the pending version late or never.
 *
 * <p>Source: AWS Secrets Manager User Guide, "Lambda rotation functions" and "Rotation strategies".
 */
final class RotatingSecret implements CredentialsProvider {

    /** At start there is nothing to fall back on: as often as the SDK would try. */
    private static final int FIRST_TRIES = 3;

    private final SecretReader reader;
    private final StagedLogins logins;
    private final StoreMessages messages;
    private final Timing timing;
    private final Lookout lookout;
    private final Runnable onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private long staleAt;
    private boolean isRefreshing;
    private @Nullable String reported;

    RotatingSecret(
            String secretId,
            SecretStore store,
            SecretShape shape,
            StoreMessages messages,
            Timing timing,
            Runnable onClose) {
        this.messages = messages;
        this.timing = timing;
        this.logins = new StagedLogins(shape);
        this.reader = new SecretReader(secretId, store, logins, messages);
        this.lookout = new Lookout(reader, timing);
        this.staleAt = timing.nextRefreshAt();
        this.onClose = onClose;
    }

    @Override
    public boolean prepare() {
        lookout.begin();
        return true;
    }

    @Override
    public boolean reportTo(RefreshListener listener) {
        reader.reportTo(listener);
        return true;
    }

    @Override
    public String description() {
        return messages.description();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        CredentialsSet known = logins.set();
        if (known == null) {
            return lookout.newerThan(0, FIRST_TRIES, budget);
        }
        refreshInBackgroundIfStale();
        return known;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        CredentialsSet known = logins.set();
        if (known != null && known.generation() > refused.generation()) {
            return known;
        }
        logins.refused(refused);
        return lookout.newerThan(refused.generation(), 1, budget);
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        logins.accepted(candidate);
    }

    @Override
    public void close() {
        onClose.run();
    }

    private void refreshInBackgroundIfStale() {
        lock.lock();
        try {
            if (isRefreshing || timing.now() - staleAt < 0) {
                return;
            }
            isRefreshing = true;
        } finally {
            lock.unlock();
        }
        if (!Background.run(this::refreshInBackground)) {
            refreshed(timing.refreshRetryAt());
        }
    }

    private void refreshInBackground() {
        long next = timing.refreshRetryAt();
        try {
            reader.readCurrent();
            reported = null;
            next = timing.nextRefreshAt();
        } catch (CredentialsException e) {
            report(String.valueOf(e.getMessage()));
        } finally {
            refreshed(next);
        }
    }

    private void refreshed(long next) {
        lock.lock();
        try {
            isRefreshing = false;
            staleAt = next;
        } finally {
            lock.unlock();
        }
    }

    /** Only ever called by the one background refresh. */
    private void report(String message) {
        if (!message.equals(reported)) {
            reported = message;
            log().warn("{} The last good credentials keep serving.", message);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RotatingSecret.class);
    }
}
