package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.doctor.StageStatus;
import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.output.Quantity;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of all stages of one service.
 *
 * @param service the label of the service, such as {@code cache sessions}
 * @param kind the kind of service, as in {@code --service}
 * @param name the name of a named cache; {@code default} for the unnamed one, and for every other kind
 * @param end how the check ended: {@link Outcome#OK} if all stages have finished
 * @param stages in order
 */
public record ServiceReport(String service, String kind, String name, Outcome end, List<StageResult> stages) {

    private static final int SCHEMA_VERSION = 1;

    /** {@return the failure that decides the outcome; null if the service works} */
    private @Nullable Failure failure() {
        Failure decisive = Outcome.decisive(stages.stream()
                .flatMap(stage -> Stream.ofNullable(stage.failure()))
                .toList());
        return decisive != null || end == Outcome.OK
                ? decisive
                : Failure.of(
                        end.value(),
                        end,
                        end == Outcome.INTERRUPTED ? "The command was interrupted." : "The time was up.",
                        end == Outcome.TIMED_OUT ? "Raise --timeout." : "");
    }

    /** {@return what the check found} */
    public Outcome outcome() {
        Failure failure = failure();
        return failure == null || end == Outcome.INTERRUPTED ? end : failure.outcome();
    }

    /** {@return one line that is complete without the others} */
    public String verdict() {
        Failure failure = failure();
        if (failure != null) {
            return (end == Outcome.INTERRUPTED ? "INTERRUPTED: " : "FAILED: ") + failure.sentence();
        }
        long warnings = stages.stream()
                .filter(stage -> stage.status() == StageStatus.WARNING)
                .count();
        return "OK: service '" + service + "' answers"
                + (warnings == 0 ? "." : ", with " + Quantity.of(warnings, "warning") + ".");
    }

    /** {@return the report for programs; its schema is {@code docs/doctor-service.schema.json}} */
    public String json() {
        Failure failure = failure();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", outcome().value());
        json.put("failure", Failure.json(failure));
        json.put("service", kind);
        json.put("name", name);
        json.put("healthy", failure == null);
        json.put("stages", stages.stream().map(StageResult::toJson).toList());
        return JsonOutput.of(json);
    }
}
