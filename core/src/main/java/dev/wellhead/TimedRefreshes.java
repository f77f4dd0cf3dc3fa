package dev.wellhead;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import java.time.Duration;
import java.util.List;

/** A provider that does not report its refreshes, measured from outside: those that a refused login asked for. */
final class TimedRefreshes implements CredentialsProvider {

    private final CredentialsProvider provider;
    private final RefreshListener listener;

    TimedRefreshes(CredentialsProvider provider, RefreshListener listener) {
        this.provider = provider;
        this.listener = listener;
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        long begin = System.nanoTime();
        try {
            CredentialsSet found = provider.refresh(refused, target, budget);
            listener.refreshed(since(begin), found.generation() != refused.generation());
            return found;
        } catch (CredentialsException | RuntimeException e) {
            listener.refreshFailed(since(begin));
            throw e;
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public boolean prepare() {
        return provider.prepare();
    }

    @Override
    public String description() {
        return provider.description();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        return provider.current(target, budget);
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        provider.accepted(set, candidate);
    }

    @Override
    public List<String> adviceOnRefusal(CredentialsSet refused, LoginTarget target) {
        return provider.adviceOnRefusal(refused, target);
    }

    @Override
    public boolean canChange() {
        return provider.canChange();
    }

    @Override
    public void close() {
        provider.close();
    }
}
