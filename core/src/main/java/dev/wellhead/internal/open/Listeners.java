package dev.wellhead.internal.open;

import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Several listeners as one. If a listener throws, the exception is logged once and the others are notified anyway. After
 * {@link #close} nothing is passed on, although connections may still close.
 */
final class Listeners implements DatabaseListener, AutoCloseable {

    private final List<DatabaseListener> listeners;
    private final AtomicBoolean failureLogged = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Listeners(List<DatabaseListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public @Nullable BorrowListener poolOpening(PoolStats pool) {
        List<BorrowListener> interested = new ArrayList<>();
        notifyOpen(listener -> {
            BorrowListener borrows = listener.poolOpening(pool);
            if (borrows != null) {
                interested.add(borrows);
            }
        });
        return switch (interested.size()) {
            case 0 -> null;
            case 1 -> interested.get(0);
            default -> new Borrows(interested.toArray(new BorrowListener[0]));
        };
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        notifyOpen(listener -> listener.connectionOpened(event));
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        notifyOpen(listener -> listener.connectionFailed(event));
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        notifyOpen(listener -> listener.connectionClosed(event));
    }

    @Override
    public void connectionsLost(ConnectionsLost event) {
        notifyOpen(listener -> listener.connectionsLost(event));
    }

    @Override
    public void credentialsRefreshed(CredentialsRefreshed event) {
        notifyOpen(listener -> listener.credentialsRefreshed(event));
    }

    @Override
    public void rotationProven(RotationProven event) {
        notifyOpen(listener -> listener.rotationProven(event));
    }

    @Override
    public void rotationCompleted(RotationCompleted event) {
        notifyOpen(listener -> listener.rotationCompleted(event));
    }

    /** Notifies the listeners that the database was closed, once. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            notifyAll(DatabaseListener::databaseClosed);
        }
    }

    private void notifyOpen(Consumer<DatabaseListener> event) {
        if (!closed.get()) {
            notifyAll(event);
        }
    }

    private void notifyAll(Consumer<DatabaseListener> event) {
        for (DatabaseListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                if (failureLogged.compareAndSet(false, true)) {
                    LoggerFactory.getLogger(OpenDatabase.LOGGER)
                            .warn(
                                    "A database listener failed ({}). It is notified again; further failures are not"
                                            + " logged.",
                                    listener.getClass().getName(),
                                    e);
                }
            }
        }
    }

    /** Notifies several borrow listeners. An array, because this runs at each acquire and return. */
    private static final class Borrows implements BorrowListener {

        private final BorrowListener[] listeners;

        Borrows(BorrowListener[] listeners) {
            this.listeners = listeners;
        }

        @Override
        public void acquired(long nanos) {
            for (BorrowListener listener : listeners) {
                listener.acquired(nanos);
            }
        }

        @Override
        public void returned(long millis) {
            for (BorrowListener listener : listeners) {
                listener.returned(millis);
            }
        }

        @Override
        public void timedOut() {
            for (BorrowListener listener : listeners) {
                listener.timedOut();
            }
        }
    }
}
