package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the passwords that were read from one file into sets of candidates: the newest, the one that the server accepted
 * last, and the one before the newest. A rotation can reach the file or the server first, and a file that is read while
 * it is being written does not displace the password that works. Not thread-safe.
 */
final class PasswordHistory {

    private final String user;
    private @Nullable CredentialsSet set;
    private @Nullable String newest;
    private @Nullable String previous;
    private @Nullable String accepted;

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
        List<Credentials> candidates = new ArrayList<>(3);
        candidates.add(Credentials.of(user, password, "newest"));
        addIfDifferent(candidates, accepted, "last accepted");
        addIfDifferent(candidates, previous, "previous");
        set = CredentialsSet.of(generation, candidates);
    }

    void accepted(Credentials candidate) {
        accepted = candidate.password();
    }

    private void addIfDifferent(List<Credentials> candidates, @Nullable String password, String label) {
        if (password == null) {
            return;
        }
        for (Credentials candidate : candidates) {
            if (candidate.password().equals(password)) {
                return;
            }
        }
        candidates.add(Credentials.of(user, password, label));
    }
}
