package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.spi.ServerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Prevents an immediate retry with a set of credentials that the server refused. The hold-off is a quarter of a
 * second after the first refusal, doubles with each refusal of the same set up to 30 seconds, and ends when the set
 * changes. Thread-safe.
 */
public final class RefusalHoldOff {

    // Chosen values: too slow for guessing passwords, and fast enough to notice a password that an operator corrects.
    // The first is short, because the server's password may have changed between the attempts with two candidates.
    private static final long FIRST_NANOS = 250_000_000L;
    private static final long LONGEST_NANOS = 30_000_000_000L;
    private static final int MOST_DOUBLINGS = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoTime;
    private final Random random;
    private @Nullable Refusal last;

    /** @param earlier how many refusals of the same set came before */
    private record Refusal(long setGeneration, ServerFailure failure, long atNanos, long holdOffNanos, int earlier) {}

    /** @param random spreads the hold-offs of many instances between a half and the whole */
    public RefusalHoldOff(LongSupplier nanoTime, Random random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Records that the server refused every candidate of {@code set}. */
    synchronized void refused(CredentialsSet set, ServerFailure failure) {
        Refusal before = last;
        int earlier = before == null || before.setGeneration() != set.generation() ? 0 : before.earlier() + 1;
        long holdOff = Math.min(FIRST_NANOS << Math.min(earlier, MOST_DOUBLINGS), LONGEST_NANOS);
        long jittered = holdOff / 2 + (long) (random.nextDouble() * (holdOff / 2.0));
        last = new Refusal(set.generation(), failure, nanoTime.getAsLong(), jittered, earlier);
    }

    /** Records that the server accepted a login. */
    synchronized void accepted() {
        last = null;
    }

    /**
     * {@return the refusal of {@code set} if it may not be tried again yet, else null} When a hold-off has passed, one
     * caller gets null; it starts anew for the others until that caller has an answer.
     */
    synchronized @Nullable ServerFailure claim(CredentialsSet set) {
        Refusal refusal = last;
        if (refusal == null || refusal.setGeneration() != set.generation()) {
            return null;
        }
        long now = nanoTime.getAsLong();
        long elapsed = now - refusal.atNanos();
        if (elapsed >= refusal.holdOffNanos()) {
            last = new Refusal(
                    refusal.setGeneration(), refusal.failure(), now, refusal.holdOffNanos(), refusal.earlier());
            return null;
        }
        List<String> fixes = new ArrayList<>(refusal.failure().fixes());
        fixes.add("The server refused the same credentials " + elapsed / NANOS_PER_MILLI
                + " ms ago. They are tried again in " + (refusal.holdOffNanos() - elapsed) / NANOS_PER_MILLI
                + " ms, or when they change.");
        return refusal.failure().withFixes(fixes);
    }

    /** {@return whether {@code set} may not be tried again yet} */
    synchronized boolean isHeldOff(CredentialsSet set) {
        Refusal refusal = last;
        return refusal != null
                && refusal.setGeneration() == set.generation()
                && nanoTime.getAsLong() - refusal.atNanos() < refusal.holdOffNanos();
    }
}
