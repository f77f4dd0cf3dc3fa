package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.settings.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A connection whose observations the test sets. */
final class FakeMonitored implements MonitoredConnection {

    static final ServerAddress ADDRESS = at("10.0.0.1");
    static final ServerIdentity PRIMARY = new ServerIdentity("7", "100.5", true);
    static final ServerIdentity NEXT_PRIMARY = new ServerIdentity("7", "200.5", true);
    static final ServerIdentity OTHER_SYSTEM = new ServerIdentity("8", "200.5", true);
    static final ServerIdentity STANDBY = new ServerIdentity("7", "110.5", false);
    static final ServerIdentity OTHER_STANDBY = new ServerIdentity("7", "120.5", false);

    @Nullable
    ServerIdentity identity = PRIMARY;

    int pid = 42;
    int port = 50_000;
    long calls;
    long receivedAt;
    boolean awaitingNotifications;

    @Nullable
    String endReason;

    static ServerAddress at(String address) {
        try {
            return new ServerAddress(new HostAndPort("db", 5432), InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Begins a read that nothing ends. */
    FakeMonitored waiting() {
        calls = calls / 2 * 2 + 3;
        return this;
    }

    @Override
    public ServerAddress serverAddress() {
        return ADDRESS;
    }

    @Override
    public @Nullable ServerIdentity identity() {
        return identity;
    }

    @Override
    public void identifiedAs(ServerIdentity found) {
        identity = found;
    }

    @Override
    public int backendPid() {
        return pid;
    }

    @Override
    public int localPort() {
        return port;
    }

    @Override
    public long calls() {
        return calls;
    }

    @Override
    public long receivedAt() {
        return receivedAt;
    }

    @Override
    public boolean isAwaitingNotifications() {
        return awaitingNotifications;
    }

    @Override
    public void end(String reason) {
        endReason = reason;
        calls = calls / 2 * 2 + 2;
    }
}
