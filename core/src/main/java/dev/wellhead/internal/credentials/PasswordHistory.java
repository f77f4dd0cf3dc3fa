package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the passwords that were read from one file into sets of candidates: the newest and the one before it, because a
 * rotation can reach the file or the server first. Not thread-safe.
 */
final class PasswordHistory {

    private final String user;
    private @Nullable CredentialsSet set;
    private @Nullable String newest;
    private @Nullable String previous;

    PasswordHistory(String user) {
        this.user = user;
    }

    /** {@return the last set, or null before the first password} */
    @Nullable
    CredentialsSet set() {
        return set;
    }

    /** {@return whether {@code password} differs from the newest one} */
    boolean isNew(String password) {
        return !password.equals(newest);
    }

    /** Makes {@code password} the first candidate of the set. An unchanged password of the same generation keeps the set. */
    void add(String password, long generation) {
        CredentialsSet last = set;
        if (last != null && last.generation() == generation && !isNew(password)) {
            return;
        }
        if (isNew(password)) {
            previous = newest;
            newest = password;
        }
        List<Credentials> candidates = new ArrayList<>(2);
        candidates.add(Credentials.of(user, password, "newest"));
        if (previous != null) {
            candidates.add(Credentials.of(user, previous, "previous"));
        }
        set = CredentialsSet.of(generation, candidates);
    }
}
