package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.connect.net.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a server about the sessions of connections, through a fresh connection that is closed afterwards. Blocks. */
public interface ServerProbe {

    /** The result of an attempt to reach one address. */
    sealed interface Answer {}

    /** Nothing came back in time, or there is no route to the address. */
    record NoAnswer() implements Answer {}

    /** Something answered, which proves that the server or its machine is alive, but it did not report on sessions. */
    record NoReport() implements Answer {}

    /**
     * The server reported.
     *
     * @param identity the server; null if it cannot be identified, for example behind a pooler
     * @param sessions the state of the session of each connection that was asked about
     */
    record Report(@Nullable ServerIdentity identity, Map<MonitoredConnection, SessionState> sessions)
            implements Answer {}

    /**
     * The server that the pool's next connection would reach.
     *
     * @param address the address that was reached
     * @param identity the server; null if it has none
     * @param oldAddressReachable whether new connections can still reach the old address
     */
    record Elsewhere(ServerAddress address, @Nullable ServerIdentity identity, boolean oldAddressReachable) {}

    /** {@return what the server at {@code address} reports about {@code connections}} */
    Answer ask(ServerAddress address, List<MonitoredConnection> connections, Duration budget);

    /**
     * {@return the server that a new connection of the pool reaches; null if none can be opened, or if {@code old} is
     * the only address or the one that is reached}
     */
    @Nullable
    Elsewhere tryElsewhere(ServerAddress old, Duration budget);
}
