package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.OriginJson;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.internal.text.SafeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a stage. It is immutable: {@code with} and similar methods return a copy.
 *
 * @param stage the stage
 * @param server {@code host:port}; empty if the stage is not about a single server
 * @param status the outcome
 * @param failure why the stage failed; null unless it did
 * @param text what was found
 * @param fix what to do; empty if nothing needs to be done
 * @param took how long the stage took
 * @param details the result as data, for JSON
 */
public record StageResult(
        Stage stage,
        String server,
        StageStatus status,
        @Nullable Failure failure,
        String text,
        String fix,
        Duration took,
        Map<String, Object> details) {

    /** Replaces control characters and other characters that mislead, and cuts long texts of the details. */
    public StageResult {
        text = SafeText.sentence(text);
        fix = SafeText.sentence(fix);
        Map<String, Object> safe = new LinkedHashMap<>();
        details.forEach((name, value) -> safe.put(name, safe(value)));
        details = safe;
    }

    /** {@return a result without anything to do} */
    public static StageResult ok(Stage stage, String text) {
        return new StageResult(stage, "", StageStatus.OK, null, text, "", Duration.ZERO, Map.of());
    }

    /** {@return a result that does not prevent the service from working} */
    public static StageResult warning(Stage stage, String text, String fix) {
        return new StageResult(stage, "", StageStatus.WARNING, null, text, fix, Duration.ZERO, Map.of());
    }

    /**
     * {@return a failure whose text is followed by its origins, with the first origin as data}
     *
     * @param defaultFix used if the failure has no fix
     */
    public static StageResult failed(Stage stage, Failure failure, String text, String defaultFix) {
        Failure fixable = defaultFix.isEmpty() ? failure : failure.orFix(defaultFix);
        StageResult result = new StageResult(
                stage,
                "",
                StageStatus.FAILED,
                fixable,
                failure.source().isEmpty() ? text : text + " " + failure.source(),
                fixable.fixes().isEmpty() ? "" : fixable.fixes().get(0),
                Duration.ZERO,
                Map.of());
        return failure.origins().isEmpty() ? result : result.with(OriginJson.firstOf(failure.origins()));
    }

    /** {@return the result of a stage that did not run} */
    public static StageResult notTested(Stage stage, String text) {
        return new StageResult(stage, "", StageStatus.NOT_TESTED, null, text, "", Duration.ZERO, Map.of());
    }

    private static Object safe(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(StageResult::safe).toList();
        }
        return value instanceof String text ? SafeText.of(text) : value;
    }

    /** {@return a copy for one server} */
    public StageResult at(String hostAndPort) {
        Failure there = failure == null ? null : failure.at(hostAndPort);
        return new StageResult(stage, hostAndPort, status, there, text, fix, took, details);
    }

    /** {@return a copy with the time that the stage took} */
    public StageResult in(Duration time) {
        return new StageResult(stage, server, status, failure, text, fix, time, details);
    }

    /**
     * {@return a copy with an additional detail}
     *
     * @param name the key in JSON, in camel case with its unit, such as {@code skewMilliseconds}
     */
    public StageResult with(String name, Object value) {
        return with(Map.of(name, value));
    }

    /** {@return a copy with additional details} */
    public StageResult with(Map<String, ?> values) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.putAll(values);
        return new StageResult(stage, server, status, failure, text, fix, took, more);
    }

    /** {@return everything that can be done; {@link #fix} is the first} */
    public List<String> fixes() {
        if (failure != null && failure.fixes().size() > 1) {
            return failure.fixes();
        }
        return fix.isEmpty() ? List.of() : List.of(fix);
    }

    /** {@return the duration in milliseconds, from 10 s in seconds; empty if it was not measured} */
    public String time() {
        long micros = took.toNanos() / 1000;
        if (micros < 1000) {
            return micros == 0 ? "" : "<1 ms";
        }
        return micros < 10_000_000 ? micros / 1000 + " ms" : micros / 1_000_000 + " s";
    }

    /** {@return whether the stage failed; a warning is not a failure} */
    public boolean isFailed() {
        return status == StageStatus.FAILED;
    }

    /** {@return the result for programs; empty texts are null} */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", stage.code());
        json.put("server", server.isEmpty() ? null : server);
        json.put("status", status.code());
        json.put("failure", failure == null ? null : failure.kind());
        json.put("result", text);
        json.put("fix", fix.isEmpty() ? null : fix);
        json.put("milliseconds", status == StageStatus.NOT_TESTED ? null : took.toMillis());
        json.put("details", details);
        return json;
    }
}
