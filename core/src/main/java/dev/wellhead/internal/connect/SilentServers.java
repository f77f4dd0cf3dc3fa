package dev.wellhead.internal.connect;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers for about 10 s which servers and addresses did not answer, so that the others are tried before them. When
 * that time is over, one search tries the server in its usual turn, and the others still try it last. Thread-safe.
 */
final class SilentServers {

    private static final long REMEMBERED_NANOS = 10_000_000_000L;

    /** The part of the time that is random, so that pools and processes do not try a server at the same moment. */
    private static final double JITTER = 0.2;

    /** Above this number, those whose time is over are forgotten: a name can have new addresses again and again. */
    private static final int MOST = 64;

    private final LongSupplier nanoTime;
    private final Random random;

    /** Maps a server or an address to the time until which it is tried last. */
    private final Map<Object, Long> tryAgain = new ConcurrentHashMap<>(4);

    SilentServers(LongSupplier nanoTime, Random random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** {@return whether the others are tried first} The first caller after the time is over gets {@code false}. */
    boolean isSilent(Object place) {
        if (tryAgain.isEmpty()) {
            return false;
        }
        Long at = tryAgain.get(place);
        return at != null && (nanoTime.getAsLong() - at < 0 || !tryAgain.replace(place, at, nextTry()));
    }

    /** Records that a server or an address did not answer. */
    void silent(Object place) {
        if (tryAgain.size() >= MOST) {
            long now = nanoTime.getAsLong();
            tryAgain.values().removeIf(at -> now - at >= 0);
        }
        tryAgain.put(place, nextTry());
    }

    /** Records that a server or an address answered. */
    void answered(Object place) {
        if (!tryAgain.isEmpty()) {
            tryAgain.remove(place);
        }
    }

    /** {@return the number of servers and addresses that are remembered} */
    int size() {
        return tryAgain.size();
    }

    private Long nextTry() {
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return nanoTime.getAsLong() + (long) (REMEMBERED_NANOS * factor);
    }
}
