package dev.wellhead.internal.connect;

import dev.wellhead.spi.DatabaseListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a listener was told, in words. */
public final class RecordedEvents implements DatabaseListener {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    public List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        told.add("opened generation " + event.generation() + " tls " + event.tls());
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        told.add("failed " + event.failure().value() + " " + event.sqlState());
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        told.add("closed generation " + event.generation());
    }
}
