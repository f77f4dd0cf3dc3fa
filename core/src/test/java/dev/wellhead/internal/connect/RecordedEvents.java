package dev.wellhead.internal.connect;

import dev.wellhead.spi.DatabaseListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Records the events of a listener as text. */
public final class RecordedEvents implements DatabaseListener {

    private final List<String> recorded = Collections.synchronizedList(new ArrayList<>());

    public List<String> recorded() {
        return List.copyOf(recorded);
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        recorded.add("opened generation " + event.generation() + " tls " + event.tls());
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        recorded.add("failed " + event.failure().value() + " " + event.sqlState());
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        recorded.add("closed generation " + event.generation());
    }
}
