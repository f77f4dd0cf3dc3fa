package dev.wellhead.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is notified of the events of one database: its pools, physical connections and credentials. Every method does nothing
 * unless it is overridden.
 *
 * <p>Implementations are thread-safe. They are called on the thread on which the event happens, so they must be fast
 * and must not block. An exception is logged once and otherwise ignored. The events are implemented by Wellhead only;
 * methods may be added to them. They contain nothing sensitive.
 */
public interface DatabaseListener {

    /**
     * A pool of this database is about to start: first the database's own pool, then the reader's if there is one.
     *
     * @param pool the state of the pool, for as long as the pool exists
     * @return a listener for each acquire and return of this pool; {@code null} by default, and then borrowing costs
     *     nothing extra
     */
    default @Nullable BorrowListener poolOpening(PoolStats pool) {
        return null;
    }

    /** A physical connection has opened and is set up. */
    default void connectionOpened(ConnectionOpened event) {}

    /**
     * An attempt to open a physical connection has failed. There is no event if no attempt was made because the
     * server refused the same credentials moments ago.
     */
    default void connectionFailed(ConnectionFailed event) {}

    /** A physical connection was closed, by this process or by the server. */
    default void connectionClosed(ConnectionClosed event) {}

    /**
     * Connections that no longer get an answer from their server are closed. The event {@link #connectionClosed}
     * follows for each of them.
     */
    default void connectionsLost(ConnectionsLost event) {}

    /** A refresh of the credentials has ended. */
    default void credentialsRefreshed(CredentialsRefreshed event) {}

    /** A connection of a pool has proven new credentials. The connections of older generations begin to retire. */
    default void rotationProven(RotationProven event) {}

    /** All connections of older generations have left a pool. */
    default void rotationCompleted(RotationCompleted event) {}

    /** The database was closed. There are no further events. */
    default void databaseClosed() {}

    /** An event of one pool. */
    interface PoolEvent {

        /** {@return the name of the pool, as in {@link PoolStats#name}} */
        String pool();
    }

    /** An event of one physical connection. */
    interface ConnectionEvent extends PoolEvent {

        /** {@return the server's host, as configured} */
        String host();

        /** {@return the server's port} */
        int port();
    }

    /** A connection has opened. */
    interface ConnectionOpened extends ConnectionEvent {

        /** {@return the time since the attempt on this host began} */
        Duration duration();

        /** {@return the generation of its credentials; a higher number means newer credentials} */
        long generation();

        /** {@return the TLS protocol, such as {@code "TLSv1.3"}, or {@code "none"}} */
        String tls();

        /** {@return when the server's certificate expires; empty without TLS} */
        Optional<Instant> certificateExpiry();
    }

    /** An attempt to connect has failed. */
    interface ConnectionFailed extends ConnectionEvent {

        /** {@return the time since the attempt on this host began} */
        Duration duration();

        /** {@return the kind of failure} */
        FailureKind failure();

        /** {@return the SQLSTATE} */
        String sqlState();
    }

    /** A connection was closed. */
    interface ConnectionClosed extends ConnectionEvent {

        /** {@return the generation of its credentials} */
        long generation();

        /** {@return the TLS protocol, as in {@link ConnectionOpened#tls}} */
        String tls();
    }

    /** Connections to one server were lost although nothing has closed them: a half-open network, for example. */
    interface ConnectionsLost extends ConnectionEvent {

        /** Why connections count as lost. */
        enum Reason {
            /** An idle connection did not answer a validation, or has received nothing since another one did not. */
            VALIDATION_UNANSWERED,
            /** A statement waits for its result, and the server is not executing it. */
            STATEMENT_LOST,
            /** A statement waits for its result, and the server does not answer new connections either. */
            SERVER_UNRESPONSIVE,
            /** The server was restarted, or another one has taken its place. */
            SERVER_REPLACED
        }

        /** {@return the number of connections} */
        int connections();

        /** {@return why they count as lost} */
        Reason reason();
    }

    /** A refresh of the credentials, in the background or after the server refused a login. */
    interface CredentialsRefreshed {

        /** {@return the time that the source took} */
        Duration duration();

        /** {@return whether the source returned credentials; if not, the last good ones stay in use} */
        boolean succeeded();

        /** {@return whether they are newer} */
        boolean changed();
    }

    /** A real connection has proven new credentials. */
    interface RotationProven extends PoolEvent {

        /** {@return the generation of the new credentials} */
        long generation();

        /** {@return the label of the candidate that the server accepted, such as {@code "AWSCURRENT"}} */
        String label();

        /** {@return the number of connections of older generations, which retire now} */
        int retiring();
    }

    /** A rotation is complete for one pool. */
    interface RotationCompleted extends PoolEvent {

        /** {@return the generation of the new credentials} */
        long generation();

        /** {@return the time since they were proven} */
        Duration duration();

        /** {@return the number of connections that have retired} */
        int retired();
    }
}
