package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.output.Quantity;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The results of all stages.
 *
 * @param name the name of the database
 * @param environment the name of the environment
 * @param end how the examination ended: {@link Outcome#OK} if all stages have finished
 * @param unfinished the stages that were running at the end, in words; may be empty
 * @param results the results in order, including those of stages that were not tested
 */
public record DoctorReport(String name, String environment, Outcome end, String unfinished, List<StageResult> results) {

    /** The version of the JSON format. Within a version, keys are added, but none is removed or redefined. */
    static final int SCHEMA_VERSION = 1;

    /** {@return the same report with the stages that have no result as not tested} */
    DoctorReport withUntestedStages() {
        Set<DoctorStage> untested = EnumSet.allOf(DoctorStage.class);
        // this stage applies only to databases with IAM authentication
        untested.remove(DoctorStage.AWS_CLOCK);
        String reason = end == Outcome.OK ? "" : ending();
        for (StageResult result : results) {
            untested.remove(result.stage());
            reason = result.isFailed() ? result.stage().code() + " failed" : reason;
        }
        List<StageResult> all = new ArrayList<>(results);
        if (!reason.isEmpty()) {
            for (DoctorStage stage : untested) {
                all.add(stage.notTested(reason));
            }
        }
        return new DoctorReport(name, environment, end, unfinished, List.copyOf(all));
    }

    /** {@return why the examination ended early, as a clause} */
    private String ending() {
        String clause = end == Outcome.INTERRUPTED ? "the command was interrupted" : "the time was up";
        return unfinished.isEmpty() ? clause : clause + " during " + unfinished;
    }

    /** {@return what the examination found} */
    public Outcome outcome() {
        Failure failure = failure();
        return failure == null || end == Outcome.INTERRUPTED ? end : failure.outcome();
    }

    /** {@return the failure that decides the outcome; null if the database works} */
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
        List<Failure> failures = new ArrayList<>();
        for (StageResult result : results) {
            if (result.failure() != null) {
                failures.add(result.failure());
            }
        }
        return failures;
    }

    /** {@return one line that is complete without the others: whether the database works, otherwise why it does not} */
    public String verdict() {
        List<Failure> failures = failures();
        Failure decisive = failure();
        if (decisive == null) {
            long warnings = results.stream()
                    .filter(result -> result.status() == StageStatus.WARNING)
                    .count();
            return "OK: database '" + name + "' works"
                    + (warnings == 0 ? "." : ", with " + Quantity.of(warnings, "warning") + ".");
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

    /**
     * {@return the report for programs; its schema is {@code docs/doctor.schema.json}}
     *
     * @param services whether the other services answer; they do not change the verdict
     */
    public String json(List<Map<String, Object>> services) {
        Failure failure = failure();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", outcome().value());
        json.put("failure", Failure.json(failure));
        json.put("name", name);
        json.put("environment", environment);
        json.put("healthy", failure == null);
        json.put("stages", results.stream().map(StageResult::toJson).toList());
        json.put("services", services);
        return JsonOutput.of(json);
    }
}
