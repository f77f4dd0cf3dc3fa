package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The credentials of one database in a {@link SharedSecret}. Thread-safe. */
final class RotatingSecret implements CredentialsProvider {

    private final SharedSecret secret;
    private final SecretLogins logins;
    private final SecretMessages messages;
    private final Duration refreshInterval;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable RefreshListener listener;

    /**
     * @param logins reads the fields of this database
     * @param refreshInterval how often the current version is fetched in the background
     * @param release closes the secret if no other database uses it
     */
    RotatingSecret(
            SharedSecret secret,
            SecretLogins logins,
            SecretMessages messages,
            Duration refreshInterval,
            Runnable release) {
        this.secret = secret;
        this.logins = logins;
        this.messages = messages;
        this.refreshInterval = refreshInterval;
        this.release = release;
    }

    @Override
    public void prepare() {
        secret.prepare();
    }

    @Override
    public boolean reportTo(RefreshListener notified) {
        listener = notified;
        secret.add(notified);
        return true;
    }

    @Override
    public String description() {
        return secret.description();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        try {
            return logins.of(content(budget));
        } catch (CredentialsException e) {
            throw messages.of(e);
        }
    }

    /** {@return the content of the secret} If it is not usable, it is read again until it has been corrected. */
    private SecretContent content(Duration budget) throws CredentialsException {
        SecretContent content = secret.current(refreshInterval, budget);
        if (!logins.areUnusable()) {
            return content;
        }
        return logins.areKnown() ? secret.pollInBackground() : secret.poll(budget);
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        try {
            return logins.newerThan(
                    refused,
                    secret.newerThan(
                            logins.generationOf(refused), budget, content -> logins.areOther(refused, content)));
        } catch (CredentialsException e) {
            throw messages.of(e);
        }
    }

    @Override
    public CredentialsSet relocate(CredentialsSet known, LoginTarget target, Duration budget)
            throws CredentialsException {
        try {
            return logins.newerThan(known, secret.poll(budget));
        } catch (CredentialsException e) {
            throw messages.of(e);
        }
    }

    @Override
    public CredentialsSet fetchNow(LoginTarget target, Duration budget) throws CredentialsException {
        try {
            return logins.ofUsable(secret.fetchOnce(budget));
        } catch (CredentialsException e) {
            throw messages.of(e);
        }
    }

    /** Further calls have no effect: the secret may be open for another database. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        RefreshListener notified = listener;
        if (notified != null) {
            secret.remove(notified);
        }
        release.run();
    }
}
