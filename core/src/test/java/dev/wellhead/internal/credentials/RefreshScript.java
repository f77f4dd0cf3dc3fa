package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source whose next answers the test sets. */
final class RefreshScript implements RefreshSource.OfSets {

    /** Recorded for a fetch of everything. */
    static final long EVERYTHING = -1;

    final List<Long> refused = new ArrayList<>();
    volatile @Nullable CredentialsSet known;
    volatile @Nullable CredentialsException failure;
    volatile @Nullable Error breakage;
    volatile Runnable onFetch = () -> {};
    private volatile @Nullable CredentialsSet next;

    void finds(long generation) {
        next = set(generation);
    }

    @Override
    public @Nullable CredentialsSet lastKnown() {
        return known;
    }

    @Override
    public boolean fetchAll() throws CredentialsException {
        return fetch(EVERYTHING);
    }

    @Override
    public boolean fetch(long generation) throws CredentialsException {
        refused.add(generation);
        onFetch.run();
        if (failure != null) {
            throw failure;
        }
        if (breakage != null) {
            throw breakage;
        }
        CredentialsSet found = next;
        if (found == null) {
            return false;
        }
        next = null;
        known = found;
        return true;
    }

    @Override
    public CredentialsException timeoutFailure(Duration budget) {
        return new CredentialsException("late: " + budget);
    }

    @Override
    public CredentialsException unexpectedFailure(Throwable unexpected) {
        return new CredentialsException("broken: " + unexpected.getClass().getName(), unexpected);
    }

    static CredentialsSet set(long generation) {
        return CredentialsSet.of(generation, List.of(Credentials.of("app", "pw-" + generation, "test")));
    }

    /** A schedule with short delays. */
    static RefreshSchedule schedule(boolean waitsForChange) {
        return new RefreshSchedule(
                repeated -> repeated == 0 ? Duration.ZERO : Duration.ofMillis(100),
                RefreshSchedule.doubling(Duration.ofMillis(150), Duration.ofSeconds(1)),
                RefreshSchedule.doubling(Duration.ofMillis(250), Duration.ofSeconds(4)),
                waitsForChange);
    }
}
