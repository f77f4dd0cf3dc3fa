package dev.wellhead.cli;

import dev.wellhead.settings.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem or a warning, for people and programs.
 *
 * @param isError whether the database cannot be opened because of it
 * @param setting the key as it would be typed; empty where it is about more than one
 * @param message what is wrong
 * @param origin where it comes from; may be empty
 * @param fixes what to do
 */
record Finding(boolean isError, String setting, String message, String origin, List<String> fixes) {

    static Finding error(Problem problem) {
        return new Finding(true, problem.setting(), problem.message(), problem.source(), problem.fixes());
    }

    static Finding warning(String setting, String message, String... fixes) {
        return new Finding(false, setting, message, "", List.of(fixes));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", isError ? "error" : "warning");
        json.put("setting", setting);
        json.put("message", message);
        json.put("origin", origin);
        json.put("fixes", fixes);
        return json;
    }
}
