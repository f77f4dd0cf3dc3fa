package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.Quantity;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the results of all stages mean together, for a database and for another service.
 *
 * @param end how the examination ended: {@link Outcome#OK} if all stages have finished
 * @param unfinished the stages that were running at the end, in words; may be empty
 * @param results the results in order
 */
public record Conclusion(Outcome end, String unfinished, List<StageResult> results) {

    /** {@return why the examination ended early, as a clause} */
    String ending() {
        String clause = end == Outcome.INTERRUPTED ? "the command was interrupted" : "the time was up";
        return unfinished.isEmpty() ? clause : clause + " during " + unfinished;
    }

    /** {@return what the examination found} */
    public Outcome outcome() {
        Failure failure = failure();
        return failure == null || end == Outcome.INTERRUPTED ? end : failure.outcome();
    }

    /** {@return the failure that decides the outcome; null if everything works} */
    public @Nullable Failure failure() {
        Failure decisive = Outcome.decisive(failures());
        return decisive != null || end == Outcome.OK
                ? decisive
                : Failure.of(
                        end.value(),
                        end,
                        Character.toUpperCase(ending().charAt(0)) + ending().substring(1) + ".",
                        end == Outcome.TIMED_OUT ? "Raise --timeout." : "");
    }

    private List<Failure> failures() {
        return results.stream()
                .flatMap(result -> Stream.ofNullable(result.failure()))
                .toList();
    }

    /** {@return whether there is something to improve} */
    boolean warns() {
        return warnings() > 0;
    }

    private long warnings() {
        return results.stream()
                .filter(result -> result.status() == StageStatus.WARNING)
                .count();
    }

    /**
     * {@return one line that is complete without the others}
     *
     * @param success what is true if nothing failed, as a clause
     */
    public String verdict(String success) {
        List<Failure> failures = failures();
        Failure decisive = failure();
        if (decisive == null) {
            return "OK: " + success + (warns() ? ", with " + Quantity.of(warnings(), "warning") + "." : ".");
        }
        if (failures.isEmpty()) {
            return (end == Outcome.INTERRUPTED ? "INTERRUPTED: " : "TIMED OUT: ") + ending() + ".";
        }
        int others = failures.size() - 1;
        return (end == Outcome.INTERRUPTED ? "INTERRUPTED after a failure: " : "FAILED: ")
                + decisive.sentence()
                + switch (others) {
                    case 0 -> "";
                    case 1 -> " There is 1 more failure.";
                    default -> " There are " + others + " more failures.";
                };
    }
}
