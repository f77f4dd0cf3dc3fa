package dev.wellhead;

import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Several listeners as one, none of which can disturb what it listens to: what one throws is logged once. */
final class Listeners implements DatabaseListener {

    private final List<DatabaseListener> listeners;
    private final AtomicBoolean complained = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Listeners(List<DatabaseListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public @Nullable BorrowListener poolOpening(PoolFigures pool) {
        List<BorrowListener> interested = new ArrayList<>();
        tell(listener -> {
            BorrowListener borrowing = listener.poolOpening(pool);
            if (borrowing != null) {
                interested.add(borrowing);
            }
        });
        return switch (interested.size()) {
            case 0 -> null;
            case 1 -> interested.get(0);
            default -> new BorrowListeners(interested);
        };
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        tell(listener -> listener.connectionOpened(event));
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        tell(listener -> listener.connectionFailed(event));
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        tell(listener -> listener.connectionClosed(event));
    }

    @Override
    public void credentialsRefreshed(CredentialsRefreshed event) {
        tell(listener -> listener.credentialsRefreshed(event));
    }

    @Override
    public void rotationProven(RotationProven event) {
        tell(listener -> listener.rotationProven(event));
    }

    @Override
    public void rotationCompleted(RotationCompleted event) {
        tell(listener -> listener.rotationCompleted(event));
    }

    /** Passed on once: nothing follows, though connections may still be closing. */
    @Override
    public void databaseClosed() {
        if (closed.compareAndSet(false, true)) {
            tellAll(DatabaseListener::databaseClosed);
        }
    }

    private void tell(Consumer<DatabaseListener> event) {
        if (!closed.get()) {
            tellAll(event);
        }
    }

    private void tellAll(Consumer<DatabaseListener> event) {
        for (DatabaseListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                if (complained.compareAndSet(false, true)) {
                    LoggerFactory.getLogger(Database.class)
                            .warn(
                                    "A listener failed ({}); this is said once.",
                                    listener.getClass().getName(),
                                    e);
                }
            }
        }
    }
}
