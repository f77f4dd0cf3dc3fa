package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.spi.DatabaseListener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts any exception of a provider into a {@link CredentialsException}, and measures the refreshes of a provider that
 * does not report them itself.
 */
final class GuardedCredentials implements CredentialsProvider {

    private final CredentialsProvider provider;
    private final @Nullable RefreshListener measured;
    private volatile long lastGeneration;

    private GuardedCredentials(CredentialsProvider provider, @Nullable RefreshListener measured) {
        this.provider = provider;
        this.measured = measured;
    }

    /** @param listener notified of refreshes; null if there is none */
    static CredentialsProvider of(CredentialsProvider provider, @Nullable DatabaseListener listener) {
        RefreshListener measured = null;
        if (listener != null && provider.canChange()) {
            RefreshListener reports = new Reports(listener);
            measured = provider.reportTo(reports) ? null : reports;
        }
        return new GuardedCredentials(provider, measured);
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        try {
            CredentialsSet current = provider.current(target, budget);
            lastGeneration = current.generation();
            return current;
        } catch (RuntimeException e) {
            throw unexpected(e);
        }
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        return measured(refused.generation(), () -> provider.refresh(refused, target, budget));
    }

    @Override
    public CredentialsSet relocate(CredentialsSet known, LoginTarget target, Duration budget)
            throws CredentialsException {
        return measured(known.generation(), () -> provider.relocate(known, target, budget));
    }

    @Override
    public CredentialsSet fetchNow(LoginTarget target, Duration budget) throws CredentialsException {
        CredentialsSet found = measured(lastGeneration, () -> provider.fetchNow(target, budget));
        lastGeneration = found.generation();
        return found;
    }

    /** One read of the source. */
    private interface Read {
        CredentialsSet run() throws CredentialsException;
    }

    private CredentialsSet measured(long before, Read read) throws CredentialsException {
        long begin = System.nanoTime();
        CredentialsSet found = null;
        try {
            found = read.run();
            return found;
        } catch (RuntimeException e) {
            throw unexpected(e);
        } finally {
            report(before, found, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** Measures a refresh in place of a provider that does not report it. */
    private void report(long known, @Nullable CredentialsSet found, Duration duration) {
        if (measured != null && found == null) {
            measured.refreshFailed(duration);
        } else if (measured != null && found != null) {
            measured.refreshed(duration, found.generation() != known);
        }
    }

    /** {@return an exception that names only the class of {@code failure}; its message may contain credentials} */
    private CredentialsException unexpected(RuntimeException failure) {
        return new CredentialsException(
                description() + " failed unexpectedly: " + failure.getClass().getName() + ".", failure);
    }

    @Override
    public String description() {
        return SafeText.of(provider.description());
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        return provider.adviceOnRefusal(refused, target);
    }

    @Override
    public boolean canChange() {
        return provider.canChange();
    }

    /** Passes refreshes on to the listener of a database. */
    private record Reports(DatabaseListener listener) implements RefreshListener {

        @Override
        public void refreshed(Duration duration, boolean changed) {
            listener.credentialsRefreshed(new Refreshed(duration, true, changed));
        }

        @Override
        public void refreshFailed(Duration duration) {
            listener.credentialsRefreshed(new Refreshed(duration, false, false));
        }
    }

    private record Refreshed(Duration duration, boolean succeeded, boolean changed)
            implements DatabaseListener.CredentialsRefreshed {}
}
