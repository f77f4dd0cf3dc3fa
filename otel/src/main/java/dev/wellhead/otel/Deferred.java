package dev.wellhead.otel;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps what happened before it could be recorded: a pool opens its first connection before anybody could bind its
 * metrics. Bounded: the oldest goes first. Thread-safe.
 */
final class Deferred {

    private static final int MOST = 256;

    private final Queue<Consumer<PoolRecorder>> events = new ArrayDeque<>();

    synchronized void add(Consumer<PoolRecorder> event) {
        if (events.size() == MOST) {
            events.remove();
        }
        events.add(event);
    }

    synchronized void replay(PoolRecorder recorder) {
        while (true) {
            Consumer<PoolRecorder> event = events.poll();
            if (event == null) {
                return;
            }
            event.accept(recorder);
        }
    }
}
