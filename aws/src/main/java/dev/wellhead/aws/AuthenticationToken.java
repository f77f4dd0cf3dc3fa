package dev.wellhead.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A signed token. Servers accept it for 15 minutes; it is used for 14.5 minutes, or until the AWS credentials that signed it
 * expire. Immutable; {@link #toString()} does not show the token.
 */
final class AuthenticationToken {

    /** Less than 15 minutes, because the clocks of this machine and of AWS can differ. */
    private static final Duration USED = Duration.ofSeconds(870);

    private final String text;
    private final String region;
    private final Instant signedAt;
    private final Instant usedUntil;
    private final long generation;

    /**
     * @param signerExpires when the AWS credentials that signed it expire; {@link Instant#MAX} if they do not
     * @param generation the generation of the credentials set that it was signed for
     */
    AuthenticationToken(String text, String region, Instant signedAt, Instant signerExpires, long generation) {
        this.text = text;
        this.region = region;
        this.signedAt = signedAt;
        Instant end = signedAt.plus(USED);
        boolean endsSooner = signerExpires.isBefore(end) && signerExpires.isAfter(signedAt);
        this.usedUntil = endsSooner ? signerExpires : end;
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

    /** {@return whether it can open sessions} A token from the future was signed before the clock was corrected. */
    boolean isUsableAt(Instant now) {
        return now.isBefore(usedUntil) && !now.isBefore(signedAt);
    }

    /** {@return what to check because a token is valid for a limited time} */
    String adviceOnClock() {
        return "Check the clock of this machine: the token was signed at " + signedAt
                + " and is valid for 15 minutes from then.";
    }

    @Override
    public String toString() {
        return "AuthenticationToken[region=" + region + ", signedAt=" + signedAt + ", text=<redacted>]";
    }
}
