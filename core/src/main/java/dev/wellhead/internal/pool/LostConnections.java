package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.driver.IdentityReader;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.pool.liveness.SilenceReport;
import dev.wellhead.internal.pool.liveness.SilenceWatch;
import dev.wellhead.internal.pool.liveness.Suspects;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.DatabaseListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Applies the rules that detect connections without a responding server to every connection of a pool. */
final class LostConnections implements OpenConnections.OpenListener {

    private final int validationMillis;
    private final Suspects suspects;
    private final @Nullable IdentityReader identities;
    private final @Nullable SilenceWatch watch;

    private LostConnections(
            DatabaseSettings settings,
            Suspects suspects,
            @Nullable IdentityReader identities,
            @Nullable SilenceWatch watch) {
        this.validationMillis = (int) settings.get(Settings.VALIDATION_TIMEOUT).toMillis();
        this.suspects = suspects;
        this.identities = identities;
        this.watch = watch;
    }

    /**
     * {@return the watch for statements in progress, which is not started; null if silenceCheckAfter is 0} From now on, idle
     * connections that do not answer a validation are dropped together.
     */
    static @Nullable SilenceWatch watch(
            DatabaseSettings settings,
            Route route,
            OpenConnections open,
            DatabaseListener listener,
            UnresponsiveConnections unresponsive) {
        SilenceReport report =
                new SilenceReport(route.subject(), HikariSettings.poolName(settings), listener, unresponsive);
        Duration checkAfter = settings.get(Settings.SILENCE_CHECK_AFTER);
        IdentityReader identities = checkAfter.isZero() ? null : new IdentityReader();
        Suspects suspects = new Suspects(identities, report);
        SilenceWatch watch = identities == null
                ? null
                : new SilenceWatch(
                        open, new RouteProbe(route, identities), report, suspects, new PoolClock.Machine(), checkAfter);
        LostConnections lost = new LostConnections(settings, suspects, identities, watch);
        open.listenWith(lost);
        return watch;
    }

    /** The identity of the first connection is read later, because the application waits for it. */
    @Override
    public void openedFirst(PhysicalConnection connection) {
        connection.validateBy(suspects);
    }

    @Override
    public void opened(PhysicalConnection connection) {
        connection.validateBy(suspects);
        if (identities != null && watch != null) {
            connection.identifyWithin(validationMillis, identities);
            watch.opened(connection);
        }
    }
}
