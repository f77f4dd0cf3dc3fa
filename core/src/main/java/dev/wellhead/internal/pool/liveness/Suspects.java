package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.IdentityReader;
import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.connect.net.ServerAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when a server stopped answering. Every connection that has received nothing since then is dropped when it is
 * next validated, so that a borrower waits for at most one validation. Thread-safe.
 */
public final class Suspects implements PhysicalConnection.ValidationRules {

    private record Suspicion(long since, @Nullable ServerIdentity cleared) {}

    private final @Nullable IdentityReader identities;
    private final SilenceReport report;
    private volatile Map<ServerAddress, Suspicion> byAddress = Map.of();
    private volatile @Nullable Runnable onUnanswered;

    /** @param identities reads the servers of connections; null if statements in progress are not checked */
    public Suspects(@Nullable IdentityReader identities, SilenceReport report) {
        this.identities = identities;
        this.report = report;
    }

    /** Sets what runs after a connection did not answer a validation. */
    void onUnanswered(Runnable check) {
        onUnanswered = check;
    }

    /**
     * Connections to {@code address} that have received nothing since {@code since} must not be used.
     *
     * @param cleared a server whose connections are not affected; null if there is none
     */
    synchronized void suspect(ServerAddress address, long since, @Nullable ServerIdentity cleared) {
        Map<ServerAddress, Suspicion> changed = new HashMap<>(byAddress);
        Suspicion known = changed.get(address);
        if (known == null || since - known.since > 0) {
            changed.put(address, new Suspicion(since, cleared));
            byAddress = changed;
        }
    }

    /** {@return whether {@code connection} must not be used} */
    boolean contains(MonitoredConnection connection) {
        Map<ServerAddress, Suspicion> present = byAddress;
        if (present.isEmpty()) {
            return false;
        }
        Suspicion suspicion = present.get(connection.serverAddress());
        if (suspicion == null || connection.receivedAt() - suspicion.since >= 0) {
            return false;
        }
        ServerIdentity identity = connection.identity();
        return suspicion.cleared == null || identity == null || !suspicion.cleared.isSameRun(identity);
    }

    @Override
    public boolean isSuspect(PhysicalConnection connection) {
        boolean suspect = contains(connection);
        if (suspect) {
            report.dropped(connection.serverAddress());
        }
        return suspect;
    }

    @Override
    public void unanswered(PhysicalConnection connection, long begin, Duration within) {
        suspect(connection.serverAddress(), begin, null);
        report.validationUnanswered(connection.serverAddress(), within);
        Runnable check = onUnanswered;
        if (check != null) {
            check.run();
        }
    }

    @Override
    public @Nullable IdentityReader identities() {
        return identities;
    }
}
