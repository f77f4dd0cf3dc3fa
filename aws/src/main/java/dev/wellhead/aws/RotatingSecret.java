package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshGate;
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
 * label are asked for about once a second until the caller's budget ends, since reads are eventually consistent and
 * RDS-managed rotation may show the pending version late or never.
 *
 * <p>Source: AWS Secrets Manager User Guide, "Lambda rotation functions" and "Rotation strategies".
 */
final class RotatingSecret implements CredentialsProvider {

    /** Refusals that come sooner share the last look; consecutive failures of the store double it. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(4);

    /** No caller waits for the first fetch that is begun ahead of them. */
    private static final Duration LONGEST_FIRST_FETCH = Duration.ofSeconds(10);

    private final String secretId;
    private final SecretStore store;
    private final Timing timing;
    private final StagedLogins logins;
    private final StoreMessages messages;
    private final RefreshGate<CredentialsSet> firstFetch;
    private final RefreshGate<CredentialsSet> looks;
    private final Runnable onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CredentialsSet refused;
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
        this.secretId = secretId;
        this.store = store;
        this.timing = timing;
        this.messages = messages;
        this.logins = new StagedLogins(shape);
        // two gates: a login refused right after the first fetch deserves a look of its own
        this.firstFetch = gate(timing, budget -> observe(fetch(Stage.CURRENT)));
        this.looks = gate(timing, this::look);
        this.onClose = onClose;
    }

    private static RefreshGate<CredentialsSet> gate(Timing timing, RefreshGate.Look<CredentialsSet> look) {
        return new RefreshGate<>(BETWEEN_LOOKS, LONGEST_BETWEEN_LOOKS, timing.nanoTime(), look);
    }

    @Override
    public boolean prepare() {
        return Background.run(() -> {
            try {
                firstFetch.refresh(LONGEST_FIRST_FETCH);
            } catch (CredentialsException e) {
                // the first login shares the answer and tells it
                log().debug("{}: the first fetch failed.", description(), e);
            }
        });
    }

    @Override
    public String description() {
        return "secret '" + secretId + "' in " + store.region();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        CredentialsSet known = known();
        if (known == null) {
            return firstFetch.refresh(budget);
        }
        refreshInBackgroundIfStale();
        return known;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refusedSet, LoginTarget target, Duration budget)
            throws CredentialsException {
        lock.lock();
        try {
            CredentialsSet known = logins.set();
            if (known != null && known.generation() > refusedSet.generation()) {
                return known;
            }
            refused = refusedSet;
        } finally {
            lock.unlock();
        }
        return looks.refresh(budget);
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        lock.lock();
        try {
            refused = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        onClose.run();
    }

    private @Nullable CredentialsSet known() {
        lock.lock();
        try {
            return logins.set();
        } finally {
            lock.unlock();
        }
    }

    /** One look at the store, by one thread at a time. */
    private CredentialsSet look(Duration budget) throws CredentialsException {
        long deadline = timing.nanoTime().getAsLong() + budget.toNanos();
        Stage[] others = {Stage.PENDING, Stage.PREVIOUS};
        while (true) {
            CredentialsSet found = lookOnce(others);
            if (isNews(found)) {
                return found;
            }
            // nothing moves back to AWSPREVIOUS on its own: only the other two are worth polling
            others = new Stage[] {Stage.PENDING};
            long pause = timing.pollNanos();
            if (timing.nanoTime().getAsLong() + pause >= deadline) {
                return found;
            }
            timing.sleep(pause);
        }
    }

    private CredentialsSet lookOnce(Stage[] others) throws CredentialsException {
        CredentialsSet found = observe(fetch(Stage.CURRENT));
        if (isNews(found)) {
            return found;
        }
        for (Stage stage : others) {
            SecretVersion version = fetchIfAllowed(stage);
            if (version == null) {
                forget(stage);
            } else {
                found = observe(version);
                if (isNews(found)) {
                    return found;
                }
            }
        }
        return found;
    }

    private boolean isNews(CredentialsSet found) {
        CredentialsSet refusedSet = refusedSet();
        return refusedSet == null || found.generation() > refusedSet.generation();
    }

    private @Nullable CredentialsSet refusedSet() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    private SecretVersion fetch(Stage stage) throws CredentialsException {
        try {
            return store.get(secretId, stage);
        } catch (StoreException e) {
            throw messages.of(e);
        }
    }

    /** A label that is not there, or not allowed, is nothing to stop at: the others may do. */
    private @Nullable SecretVersion fetchIfAllowed(Stage stage) throws CredentialsException {
        try {
            return store.get(secretId, stage);
        } catch (StoreException e) {
            if (e.failure().mayPass()) {
                throw messages.of(e);
            }
            log().debug("{}: no version with {}: {}", description(), stage.label(), e.getMessage());
            return null;
        }
    }

    private CredentialsSet observe(SecretVersion version) throws CredentialsException {
        lock.lock();
        try {
            CredentialsSet set = logins.observe(version, refused);
            reported = null;
            if (version.stage() == Stage.CURRENT) {
                staleAt = timing.nextRefreshAt();
            }
            return set;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Stage stage) {
        lock.lock();
        try {
            logins.forget(stage);
        } finally {
            lock.unlock();
        }
    }

    private void refreshInBackgroundIfStale() {
        lock.lock();
        try {
            if (isRefreshing || timing.nanoTime().getAsLong() - staleAt < 0) {
                return;
            }
            isRefreshing = true;
        } finally {
            lock.unlock();
        }
        Background.run(this::refreshInBackground);
    }

    private void refreshInBackground() {
        try {
            observe(fetch(Stage.CURRENT));
        } catch (CredentialsException e) {
            report(String.valueOf(e.getMessage()));
        } finally {
            lock.lock();
            try {
                isRefreshing = false;
                staleAt = Math.max(staleAt, timing.retryAt());
            } finally {
                lock.unlock();
            }
        }
    }

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
