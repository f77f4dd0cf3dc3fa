package dev.wellhead.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The output of {@code doctor --json}. */
final class DoctorJson {

    private final JsonObject json;

    private DoctorJson(JsonObject json) {
        this.json = json;
    }

    static DoctorJson of(Run run) {
        return new DoctorJson(run.json());
    }

    String verdict() {
        return json.get("verdict").getAsString();
    }

    /** {@return the failure at the top} */
    JsonObject failure() {
        return json.getAsJsonObject("failure");
    }

    JsonObject stage(String code) {
        for (JsonElement stage : json.getAsJsonArray("stages")) {
            if (stage.getAsJsonObject().get("code").getAsString().equals(code)) {
                return stage.getAsJsonObject();
            }
        }
        throw new AssertionError("no stage " + code + " in " + json);
    }

    List<String> codes(String status) {
        List<String> codes = new ArrayList<>();
        for (JsonElement stage : json.getAsJsonArray("stages")) {
            if (stage.getAsJsonObject().get("status").getAsString().equals(status)) {
                codes.add(stage.getAsJsonObject().get("code").getAsString());
            }
        }
        return codes;
    }

    String status(String code) {
        return stage(code).get("status").getAsString();
    }

    String result(String code) {
        return text(code, "result");
    }

    String fix(String code) {
        return text(code, "fix");
    }

    String failure(String code) {
        return text(code, "failure");
    }

    private String text(String code, String key) {
        JsonElement text = stage(code).get(key);
        return text.isJsonNull() ? "" : text.getAsString();
    }
}
