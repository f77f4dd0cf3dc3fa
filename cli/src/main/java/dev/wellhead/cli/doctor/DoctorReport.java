package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        String reason = end == Outcome.OK ? "" : conclusion().ending();
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

    /** {@return what the results mean together} */
    public Conclusion conclusion() {
        return new Conclusion(end, unfinished, results);
    }

    /** {@return one line that is complete without the others: whether the database works, otherwise why it does not} */
    public String verdict() {
        return conclusion().verdict("database '" + name + "' works");
    }

    /**
     * {@return the report for programs; its schema is {@code docs/doctor.schema.json}}
     *
     * @param services whether the other services answer; they do not change the verdict
     */
    public String json(List<Map<String, Object>> services) {
        Conclusion conclusion = conclusion();
        Failure failure = conclusion.failure();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", conclusion.outcome().value());
        json.put("failure", Failure.json(failure));
        json.put("name", name);
        json.put("environment", environment);
        json.put("healthy", failure == null);
        json.put("stages", results.stream().map(StageResult::toJson).toList());
        json.put("services", services);
        return JsonOutput.of(json);
    }
}
