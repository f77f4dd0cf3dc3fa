package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passwords one source gave so far, as sets: the newest first, then the one the server last accepted, then the one
 * before the newest. So a rotation may reach the source or the server first, and a file that is caught half written
 * does not push out the password that works. Not thread-safe.
 */
public final class CredentialsHistory {

    private final String user;
    private @Nullable CredentialsSet set;
    private @Nullable String newest;
    private @Nullable String previous;
    private @Nullable String accepted;

    public CredentialsHistory(String user) {
        this.user = user;
    }

    /** {@return the last set, or null before the first password} */
    @Nullable
    public CredentialsSet set() {
        return set;
    }

    /** {@return whether {@code password} is not the newest one known} */
    public boolean isNews(String password) {
        return !password.equals(newest);
    }

    /** {@return the set with {@code password} first: the last one where neither password nor generation is new} */
    public CredentialsSet observe(String password, long generation) {
        CredentialsSet last = set;
        if (last != null && last.generation() == generation && !isNews(password)) {
            return last;
        }
        if (isNews(password)) {
            previous = newest;
            newest = password;
        }
        List<Credentials> candidates = new ArrayList<>(3);
        candidates.add(Credentials.of(user, password, "newest"));
        addIfOther(candidates, accepted, "last accepted");
        addIfOther(candidates, previous, "previous");
        last = CredentialsSet.of(generation, candidates);
        set = last;
        return last;
    }

    public void accepted(Credentials candidate) {
        accepted = candidate.password();
    }

    private void addIfOther(List<Credentials> candidates, @Nullable String password, String label) {
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
