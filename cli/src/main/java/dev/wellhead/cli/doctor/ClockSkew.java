package dev.wellhead.cli.doctor;

import java.time.Duration;

/**
 * Judges the difference between this machine's clock and another one. A wrong clock breaks authentication tokens, the
 * verification of certificates, and timestamps that the service writes.
 */
final class ClockSkew {

    /** AWS rejects requests whose signature is older. Source: AWS IAM User Guide, "Signature Version 4". */
    private static final Duration SIGNATURE_LIMIT = Duration.ofMinutes(5);

    private ClockSkew() {}

    /**
     * {@return the result of a stage}
     *
     * @param ahead how far this machine's clock is ahead; negative if it is behind
     * @param warningLimit a larger difference is a warning
     * @param other the other clock, such as {@code the server's clock}
     */
    static StageResult result(DoctorStage stage, Duration ahead, Duration warningLimit, String other) {
        Duration skew = ahead.abs();
        String text = skew.compareTo(Duration.ofSeconds(1)) < 0
                ? "differs by less than 1 s from " + other
                : format(skew) + (ahead.isNegative() ? " behind " : " ahead of ") + other;
        StageResult result;
        if (skew.compareTo(SIGNATURE_LIMIT) > 0 && stage == DoctorStage.AWS_CLOCK) {
            result = stage.failed(
                    "clock_skew",
                    text,
                    "Set this machine's clock (NTP): AWS rejects tokens whose time differs by more than 5 min.");
        } else if (skew.compareTo(SIGNATURE_LIMIT) > 0) {
            result = stage.warning(text, "Find out which clock is wrong, and set it (NTP).");
        } else if (skew.compareTo(warningLimit) > 0) {
            result = stage.warning(text, "Check that NTP runs on this machine and on the server.");
        } else {
            result = stage.ok(text);
        }
        return result.with("skewMilliseconds", ahead.toMillis());
    }

    /** {@return the difference in minutes and seconds; fractions are below the precision of the comparison} */
    private static String format(Duration skew) {
        return skew.toMinutes() > 0
                ? skew.toMinutes() + " min " + skew.toSecondsPart() + " s"
                : skew.toSeconds() + " s";
    }
}
