package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.doctor.StageStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a service answers.
 *
 * @param service the service
 * @param last the result of its last stage, with the time of all stages
 */
record ServiceResult(NamedService service, StageResult last) {

    /** {@return whether it does not answer} A service that was not tested does not count. */
    boolean isFailed() {
        return last.status() == StageStatus.FAILED;
    }

    /** {@return the result in words, with the place of the service} */
    String text() {
        // the settings name the place themselves, if they are the last stage
        return last.stage() == ServiceStage.SETTINGS
                ? last.text()
                : service.place() + (isFailed() ? ": " : " ") + last.text();
    }

    /** {@return the result for programs} */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>(service.toJson());
        Map<String, Object> stage = last.toJson();
        json.put("status", stage.get("status"));
        json.put("failure", stage.get("failure"));
        json.put("result", stage.get("result"));
        json.put("fix", stage.get("fix"));
        json.put("milliseconds", stage.get("milliseconds"));
        return json;
    }
}
