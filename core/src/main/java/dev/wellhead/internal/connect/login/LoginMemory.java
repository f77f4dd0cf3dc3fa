package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.spi.ServerFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt of a database's logins: which one worked last, how it is numbered, and which set the server refused,
 * so that it is not asked again and again. Hold-offs are jittered between a half and the whole. Thread-safe.
 */
public final class LoginMemory {

    /** Guesses: long enough to be no attack, short enough that a password set right on the server is soon noticed. */
    public static final long FIRST_HOLD_OFF_NANOS = 1_000_000_000L;

    public static final long LONGEST_HOLD_OFF_NANOS = 30_000_000_000L;

    private static final int MOST_DOUBLINGS = 6;

    private final LongSupplier nanoTime;
    private final Random random;
    private List<Credentials> passedOver = List.of();
    private @Nullable Credentials accepted;
    private long acceptedSet = -1;
    private String acceptedLabel = "";
    private long passedOverSet = -1;
    private long number = -1;
    private @Nullable Refusal refusal;

    /** @param random spreads what many instances would do at the same moment */
    public LoginMemory(LongSupplier nanoTime, Random random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** The candidates in the order to try them: the login that last worked first, unless {@code asGiven}. */
    public synchronized List<Credentials> order(CredentialsSet set, boolean asGiven) {
        Credentials preferred = accepted;
        List<Credentials> candidates = set.candidates();
        if (asGiven || preferred == null || candidates.size() == 1) {
            return candidates;
        }
        List<Credentials> order = new ArrayList<>(candidates.size());
        for (Credentials candidate : candidates) {
            if (candidate.sameLogin(preferred)) {
                order.add(0, candidate);
            } else {
                order.add(candidate);
            }
        }
        return order;
    }

    /**
     * Notes a login the server accepted.
     *
     * @return its number, and whether it is the first time for this set and candidate
     */
    public synchronized Accepted accepted(CredentialsSet set, Credentials candidate) {
        Credentials before = accepted;
        boolean sameCandidate =
                set.generation() == acceptedSet && candidate.label().equals(acceptedLabel);
        // an authentication token is another password every time and still the same candidate of the same set
        boolean sameLogin = before != null && (candidate.sameLogin(before) || sameCandidate);
        if (!sameLogin && set.generation() < acceptedSet) {
            // began before the credentials changed and arrived after: it is the older one, and retires
            return new Accepted(number - 1, false);
        }
        if (!sameLogin) {
            number = Math.max(set.generation(), number + 1);
        }
        accepted = candidate;
        acceptedSet = set.generation();
        acceptedLabel = candidate.label();
        refusal = null;
        return new Accepted(number, !sameCandidate);
    }

    /** Notes the logins the server refused before it accepted another of the same set. */
    public synchronized void passedOver(CredentialsSet set, List<Credentials> refused) {
        if (!refused.isEmpty()) {
            passedOverSet = set.generation();
            passedOver = List.copyOf(refused);
        }
    }

    /** {@return whether the server refused the first candidate of this set and accepted another one instead} */
    public synchronized boolean isPassedOver(CredentialsSet set) {
        if (set.generation() == passedOverSet) {
            for (Credentials refused : passedOver) {
                if (refused.sameLogin(set.candidates().get(0))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Notes that every candidate of a set was refused; each time in a row doubles the hold-off. */
    public synchronized void refused(CredentialsSet set, ServerFailure failure) {
        Refusal before = refusal;
        int inARow = before == null || before.generation() != set.generation() ? 0 : before.inARow() + 1;
        long holdOff = Math.min(FIRST_HOLD_OFF_NANOS << Math.min(inARow, MOST_DOUBLINGS), LONGEST_HOLD_OFF_NANOS);
        long jittered = holdOff / 2 + (long) (random.nextDouble() * (holdOff / 2.0));
        refusal = new Refusal(set.generation(), failure, nanoTime.getAsLong(), jittered, inARow);
    }

    /**
     * The refusal that stands for a set, {@code null} where the server may be asked. One caller per hold-off may; the
     * others still see the refusal until that one knows more.
     */
    public synchronized @Nullable Refusal standing(CredentialsSet set) {
        Refusal known = refusal;
        if (known == null || known.generation() != set.generation()) {
            return null;
        }
        long now = nanoTime.getAsLong();
        if (now - known.atNanos() >= known.holdOffNanos()) {
            refusal = new Refusal(known.generation(), known.failure(), now, known.holdOffNanos(), known.inARow());
            return null;
        }
        return known;
    }

    /** {@return whether the server has meanwhile refused this set, or accepted another login of a newer one} */
    public synchronized boolean isOutdated(CredentialsSet set, Credentials login) {
        Refusal known = refusal;
        if (known != null && known.generation() == set.generation()) {
            return nanoTime.getAsLong() - known.atNanos() < known.holdOffNanos();
        }
        Credentials last = accepted;
        return last != null && acceptedSet > set.generation() && !last.sameLogin(login);
    }

    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    /**
     * A login that works.
     *
     * @param number the generation in which this login was first accepted
     * @param first whether this set's candidate was not the last accepted one
     */
    public record Accepted(long number, boolean first) {}

    /**
     * A set that does not work.
     *
     * @param generation of the set
     * @param failure as the server answered
     * @param atNanos when
     * @param holdOffNanos how long the answer stands
     * @param inARow how many refusals of the same set came before it
     */
    public record Refusal(long generation, ServerFailure failure, long atNanos, long holdOffNanos, int inARow) {}
}
