package dev.wellhead.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens to the pools, the physical connections and the credentials of one database. Called on the thread
 * where it happens, so it must be fast and must not block; what it throws is logged once and ignored. Thread-safe.
 *
 * <p>The events are made by Wellhead alone; accessors may be added to them. Nothing in them is sensitive.
 */
public interface DatabaseListener {

    /**
     * A pool of this database is about to start: the database's own, and then the reader's where there is one.
     *
     * @param pool figures of the pool; zero until it has started
     * @return told of every acquire and return of this pool; {@code null}, unless overridden: then borrowing costs
     *     nothing more
     */
    default @Nullable BorrowListener poolOpening(PoolFigures pool) {
        return null;
    }

    /** A physical connection is open and set up. */
    default void connectionOpened(ConnectionOpened event) {}

    /** An attempt to open a physical connection failed. Where a refusal stands and the server is not asked, none is made. */
    default void connectionFailed(ConnectionFailed event) {}

    /** A physical connection was closed, by whichever side. */
    default void connectionClosed(ConnectionClosed event) {}

    /** The source of credentials was asked whether there is something newer. */
    default void credentialsRefreshed(CredentialsRefreshed event) {}

    /** New credentials were proven by a real connection of a pool; its connections of older generations start to retire. */
    default void rotationProven(RotationProven event) {}

    /** A pool has no connection of an older generation left. */
    default void rotationCompleted(RotationCompleted event) {}

    /** The database was closed; nothing follows. */
    default void databaseClosed() {}

    /** What all events about one pool say. */
    interface PoolEvent {

        /** {@return the name of the pool, as {@link PoolFigures#name}} */
        String pool();
    }

    /** What all events about a physical connection say. */
    interface ConnectionEvent extends PoolEvent {

        /** {@return the server's host, as configured} */
        String host();

        /** {@return the server's port} */
        int port();
    }

    /** A connection that opened. */
    interface ConnectionOpened extends ConnectionEvent {

        /** {@return from the start of the attempt on this host} */
        Duration duration();

        /** {@return of the credentials it logged in with} */
        long generation();

        /** {@return {@code "TLSv1.3"} and the like, or {@code "none"}} */
        String tls();

        /** {@return when the server's certificate expires; empty without TLS} */
        Optional<Instant> certificateExpiry();
    }

    /** An attempt that failed. */
    interface ConnectionFailed extends ConnectionEvent {

        /** {@return from the start of the attempt on this host} */
        Duration duration();

        /** {@return the class of failure} */
        FailureKind failure();

        /** {@return the SQLSTATE} */
        String sqlState();
    }

    /** A connection that closed. */
    interface ConnectionClosed extends ConnectionEvent {

        /** {@return of the credentials it had logged in with} */
        long generation();

        /** {@return as when it opened} */
        String tls();
    }

    /** One look at the source of credentials, in the background or because the server refused a login. */
    interface CredentialsRefreshed {

        /** {@return how long the source took} */
        Duration duration();

        /** {@return whether the source answered; the last good credentials serve on where it did not} */
        boolean succeeded();

        /** {@return whether it had something newer} */
        boolean changed();
    }

    /** Credentials that a real connection proved. */
    interface RotationProven extends PoolEvent {

        /** {@return of the credentials that were proven} */
        long generation();

        /** {@return the label of the candidate that was accepted, such as {@code "AWSCURRENT"}} */
        String label();

        /** {@return how many connections of older generations the pool has left} */
        int retiring();
    }

    /** A rotation that is over for one pool. */
    interface RotationCompleted extends PoolEvent {

        /** {@return of the credentials that were proven} */
        long generation();

        /** {@return since they were proven} */
        Duration duration();

        /** {@return how many connections retired} */
        int retired();
    }
}
