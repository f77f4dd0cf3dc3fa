package dev.wellhead.internal.pool;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider that remembers which login the server accepted last. The provider behind it is closed by its owner. */
public final class ObservedCredentials implements CredentialsProvider {

    private final CredentialsProvider provider;
    private volatile @Nullable Accepted accepted;

    private record Accepted(long generation, Credentials login) {}

    public ObservedCredentials(CredentialsProvider provider) {
        this.provider = provider;
    }

    /** {@return the login the server accepted last, or null before the first} */
    @Nullable
    public Credentials accepted() {
        Accepted last = accepted;
        return last == null ? null : last.login;
    }

    /** {@return the generation of the set that login came from} */
    public long acceptedGeneration() {
        Accepted last = accepted;
        return last == null ? Long.MIN_VALUE : last.generation;
    }

    /**
     * {@return whether the first candidate of {@code set} is what the server accepted last} An authentication token is
     * another password every time and still the same candidate of the same generation.
     */
    public boolean isAccepted(CredentialsSet set) {
        Accepted last = accepted;
        if (last == null) {
            return false;
        }
        Credentials first = set.candidates().get(0);
        return first.sameLogin(last.login)
                || (set.generation() == last.generation && first.label().equals(last.login.label()));
    }

    @Override
    public String description() {
        return provider.description();
    }

    @Override
    public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
        try {
            return provider.current(target, budget);
        } catch (RuntimeException broken) {
            throw unexpected(broken);
        }
    }

    @Override
    public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
            throws CredentialsException {
        try {
            return provider.refresh(refused, target, budget);
        } catch (RuntimeException broken) {
            throw unexpected(broken);
        }
    }

    /** A provider of somebody else's may throw anything: it is a source that failed, as any other. */
    private CredentialsException unexpected(RuntimeException broken) {
        return new CredentialsException(
                provider.description() + " failed unexpectedly: "
                        + broken.getClass().getName() + ".",
                broken);
    }

    @Override
    public void accepted(CredentialsSet set, Credentials candidate) {
        accepted = new Accepted(set.generation(), candidate);
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
}
