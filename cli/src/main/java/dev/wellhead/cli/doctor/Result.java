package dev.wellhead.cli.doctor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stage found.
 *
 * @param stage that was looked at
 * @param server {@code host:port}; empty where it is not about one server
 * @param status how it ended
 * @param kind the class of failure; empty where it did not fail, or has none
 * @param text what was found, a clause or two
 * @param fix what to do; empty where there is nothing to do
 * @param took how long it took
 * @param details the same for programs
 */
public record Result(
        Stage stage,
        String server,
        Status status,
        String kind,
        String text,
        String fix,
        Duration took,
        Map<String, Object> details) {

    static Result ok(Stage stage, String text) {
        return new Result(stage, "", Status.OK, "", text, "", Duration.ZERO, Map.of());
    }

    static Result warning(Stage stage, String text, String fix) {
        return new Result(stage, "", Status.WARNING, "", text, fix, Duration.ZERO, Map.of());
    }

    static Result failed(Stage stage, String kind, String text, String fix) {
        return new Result(stage, "", Status.FAILED, kind, text, fix, Duration.ZERO, Map.of());
    }

    static Result notTested(Stage stage, String server, Stage because) {
        return new Result(
                stage, server, Status.NOT_TESTED, "", because.code() + " failed", "", Duration.ZERO, Map.of());
    }

    Result at(String where) {
        return new Result(stage, where, status, kind, text, fix, took, details);
    }

    Result in(Duration time) {
        return new Result(stage, server, status, kind, text, fix, time, details);
    }

    Result with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Result(stage, server, status, kind, text, fix, took, more);
    }

    boolean isFailed() {
        return status == Status.FAILED;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", stage.code());
        json.put("server", server.isEmpty() ? null : server);
        json.put("status", status.code());
        json.put("failure", kind.isEmpty() ? null : kind);
        json.put("result", text);
        json.put("fix", fix.isEmpty() ? null : fix);
        json.put("milliseconds", status == Status.NOT_TESTED ? null : took.toMillis());
        json.put("details", details);
        return json;
    }
}
