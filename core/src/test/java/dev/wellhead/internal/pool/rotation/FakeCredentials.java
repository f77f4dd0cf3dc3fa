package dev.wellhead.internal.pool.rotation;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.login.LoginMemory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credentials whose sets and failures the test sets. */
final class FakeCredentials implements FollowedCredentials {

    private static final LoginTarget SERVER = new LoginTarget("db", 5432);

    final List<Duration> budgets = new ArrayList<>();
    final LoginMemory memory = new LoginMemory();
    CredentialsSet current = set(1);

    @Nullable
    SQLException failure;

    Runnable onFetch = () -> {};
    int fetches;

    static CredentialsSet set(long generation) {
        return CredentialsSet.of(
                generation, List.of(Credentials.of("app", "password " + generation, "version " + generation)));
    }

    /** Records that the server accepted the first candidate of {@code set}. */
    void accept(CredentialsSet set) {
        memory.accepted(set, set.candidates().get(0), SERVER, List.of());
    }

    @Override
    public CredentialsSet current(Duration budget) throws SQLException {
        budgets.add(budget);
        if (failure != null) {
            throw failure;
        }
        return current;
    }

    @Override
    public CredentialsSet fetchNow(Duration budget) throws SQLException {
        budgets.add(budget);
        fetches++;
        onFetch.run();
        if (failure != null) {
            throw failure;
        }
        return current;
    }

    @Override
    public LoginMemory memory() {
        return memory;
    }
}
