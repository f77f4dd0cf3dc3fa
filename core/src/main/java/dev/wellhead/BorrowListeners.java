package dev.wellhead;

import dev.wellhead.spi.BorrowListener;
import java.util.List;

/** Several as one. */
final class BorrowListeners implements BorrowListener {

    private final BorrowListener[] listeners;

    BorrowListeners(List<BorrowListener> listeners) {
        this.listeners = listeners.toArray(new BorrowListener[0]);
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
