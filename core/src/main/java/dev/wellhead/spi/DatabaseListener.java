package dev.wellhead.spi;

import java.time.Duration;

/**
 * Told what happens to the physical connections and credentials of one database. Called on the thread where it happens,
 * so it must be fast and must not block; what it throws is logged once and ignored. Thread-safe.
 */
public interface DatabaseListener {

    /** A physical connection is open and set up. */
    default void connectionOpened(ConnectionOpened event) {}

    /** An attempt to open a physical connection failed. */
    default void connectionFailed(ConnectionFailed event) {}

    /** A physical connection was closed, by whichever side. */
    default void connectionClosed(ConnectionClosed event) {}

    /** New credentials were proven by a real connection; older generations start to retire. */
    default void rotationProven(long generation, String label) {}

    /** No connection of an older generation is left. */
    default void rotationCompleted(long generation) {}

    /** The database was closed; nothing follows. */
    default void databaseClosed() {}

    /**
     * A connection that opened.
     *
     * @param host as configured
     * @param port its port
     * @param duration from the start of the attempt on this host
     * @param generation of the credentials it logged in with
     * @param tls {@code "TLSv1.3"} and the like, or {@code "none"}
     */
    record ConnectionOpened(String host, int port, Duration duration, long generation, String tls) {}

    /**
     * An attempt that failed.
     *
     * @param host as configured
     * @param port its port
     * @param duration from the start of the attempt on this host
     * @param failure the class of failure
     * @param sqlState the SQLSTATE
     */
    record ConnectionFailed(String host, int port, Duration duration, FailureKind failure, String sqlState) {}

    /**
     * A connection that closed.
     *
     * @param host as configured
     * @param port its port
     * @param generation of the credentials it had logged in with
     */
    record ConnectionClosed(String host, int port, long generation) {}
}
