package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.net.ServerAddress;
import org.jspecify.annotations.Nullable;

/** What can be observed of an open connection without using it. Thread-safe. */
public interface MonitoredConnection {

    /** {@return the server and the address that it is connected to} */
    ServerAddress serverAddress();

    /** {@return the server behind the address; null if it was not read or has no identity} */
    @Nullable
    ServerIdentity identity();

    /** Sets the identity that another connection to the same server has read. */
    void identifiedAs(ServerIdentity found);

    /** {@return the process that serves the connection, as the server named it when the session began} */
    int backendPid();

    /** {@return the port of this end of the connection} */
    int localPort();

    /** {@return a number that changes with each read and write} It is odd while one is in progress. */
    long calls();

    /** {@return the time of the last byte from the server, on the scale of {@link System#nanoTime}} */
    long receivedAt();

    /** {@return whether a thread waits for notifications, so that the server may be silent without limit} */
    boolean isAwaitingNotifications();

    /**
     * Closes the connection. The statement that is in progress fails with SQLSTATE 08006.
     *
     * @param reason the message of the exception
     */
    void end(String reason);
}
