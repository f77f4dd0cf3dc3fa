package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.Conclusion;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.verdict.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of all stages of the services of one kind and name.
 *
 * @param kind the kind of service
 * @param name the name of a named cache; {@code default} for the unnamed one, and for every other kind
 * @param conclusion what the results mean together
 */
public record ServiceReport(ServiceKind kind, String name, Conclusion conclusion) {

    private static final int SCHEMA_VERSION = 1;

    /** {@return one line that is complete without the others} */
    public String verdict() {
        return conclusion.verdict("service '" + kind.label(name) + "' answers");
    }

    /** {@return the report for programs; its schema is {@code docs/doctor-service.schema.json}} */
    public String json() {
        Failure failure = conclusion.failure();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", conclusion.outcome().value());
        json.put("failure", Failure.json(failure));
        json.put("service", kind.label());
        json.put("name", name);
        json.put("healthy", failure == null);
        json.put(
                "stages", conclusion.results().stream().map(StageResult::toJson).toList());
        return JsonOutput.of(json);
    }
}
