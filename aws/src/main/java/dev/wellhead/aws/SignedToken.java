package dev.wellhead.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A signed token. RDS takes one for 15 minutes; it is kept for 14.5, or until the session of its signer ends.
 * Immutable; never shows the token.
 */
final class SignedToken {

    private static final Duration KEPT = Duration.ofSeconds(870);

    private final String text;
    private final String region;
    private final Instant signedAt;
    private final Instant goodUntil;
    private final long generation;

    /**
     * @param sessionEnds when the credentials that signed it expire, {@link Instant#MAX} where they do not
     * @param generation in which it was signed
     */
    SignedToken(String text, String region, Instant signedAt, Instant sessionEnds, long generation) {
        this.text = text;
        this.region = region;
        this.signedAt = signedAt;
        Instant kept = signedAt.plus(KEPT);
        this.goodUntil = kept.isBefore(sessionEnds) ? kept : sessionEnds;
        this.generation = generation;
    }

    /** {@return the token; sensitive} */
    String text() {
        return text;
    }

    String region() {
        return region;
    }

    Instant signedAt() {
        return signedAt;
    }

    long generation() {
        return generation;
    }

    /** {@return whether it still opens sessions} One from the future was signed before the clock was put right. */
    boolean isGoodAt(Instant now) {
        return now.isBefore(goodUntil) && !now.isBefore(signedAt);
    }

    /** {@return whether it is younger than {@code age}} */
    boolean isYoungerThan(Duration age, Instant now) {
        return now.isBefore(signedAt.plus(age)) && !now.isBefore(signedAt);
    }

    @Override
    public String toString() {
        return "SignedToken[region=" + region + ", signedAt=" + signedAt + ", text=<redacted>]";
    }
}
