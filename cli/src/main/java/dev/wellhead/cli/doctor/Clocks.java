package dev.wellhead.cli.doctor;

import java.time.Duration;

/** How far two clocks are apart, and whether that hurts. */
final class Clocks {

    private Clocks() {}

    /**
     * {@return what to say}
     *
     * @param ahead how far this machine's clock is ahead of the other
     * @param notable a skew to speak of
     * @param tolerated a skew that breaks things, such as signatures
     * @param other whose clock, for people
     */
    static Result result(Stage stage, Duration ahead, Duration notable, Duration tolerated, String other) {
        Duration skew = ahead.abs();
        String text = skew.compareTo(Duration.ofSeconds(1)) < 0
                ? "within a second of " + other
                : shown(skew) + (ahead.isNegative() ? " behind " : " ahead of ") + other;
        Result result;
        if (skew.compareTo(tolerated) > 0) {
            result = stage == Stage.AWS_CLOCK
                    ? Result.failed(
                            stage,
                            "clock_skew",
                            text,
                            "Set this machine's clock (NTP): AWS refuses tokens that"
                                    + " are signed more than 5 min off.")
                    : Result.warning(stage, text, "Set the clock that is wrong (NTP).");
        } else if (skew.compareTo(notable) > 0) {
            result = Result.warning(stage, text, "Check that NTP runs on this machine and on the server.");
        } else {
            result = Result.ok(stage, text);
        }
        return result.with("skewMilliseconds", ahead.toMillis());
    }

    private static String shown(Duration skew) {
        return skew.toMinutes() > 0
                ? skew.toMinutes() + " min " + skew.toSecondsPart() + " s"
                : skew.toSeconds() + " s";
    }
}
