package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The results of all stages.
 *
 * @param name the name of the database
 * @param environment the name of the environment
 * @param results the results in order, including those of stages that were not tested
 */
public record DoctorReport(String name, String environment, List<StageResult> results) {

    /** The version of the JSON format. Within a version, keys are added, but none is removed or redefined. */
    static final int SCHEMA_VERSION = 1;

    private static final String LINE = System.lineSeparator();

    /** {@return whether no stage failed} */
    public boolean isHealthy() {
        return results.stream().noneMatch(StageResult::isFailed);
    }

    /** {@return the report for programs; its schema is {@code docs/doctor.schema.json}} */
    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("name", name);
        json.put("environment", environment);
        json.put("healthy", isHealthy());
        json.put("stages", results.stream().map(StageResult::toJson).toList());
        return JsonOutput.of(json);
    }

    /** {@return the report for people} */
    public String text(Terminal terminal) {
        Table table = new Table(terminal, 0);
        for (StageResult result : results) {
            if (result.status() != StageStatus.NOT_TESTED) {
                addRows(table, result);
            }
        }
        return terminal.style("Database '" + name + "' in environment '" + environment + "'", Style.bold)
                + LINE
                + LINE
                + table.render()
                + LINE
                + notTested(terminal)
                + summary(terminal)
                + LINE;
    }

    /** Adds the row of a stage, and a row for its fix if there is one. */
    private static void addRows(Table table, StageResult result) {
        String server = result.server().isEmpty() ? "" : result.server() + ": ";
        String failure = result.failure().isEmpty() ? "" : " [" + result.failure() + "]";
        table.row(
                result.status().styles(),
                result.status().label(),
                result.stage().code(),
                time(result.took()),
                server + result.text() + failure);
        if (!result.fix().isEmpty()) {
            table.row("", "", "", "Fix: " + result.fix());
        }
    }

    /** {@return one line for each reason, with all stages that were not tested for it} */
    private String notTested(Terminal terminal) {
        Map<String, Set<String>> stagesByReason = new LinkedHashMap<>();
        for (StageResult result : results) {
            if (result.status() == StageStatus.NOT_TESTED) {
                stagesByReason
                        .computeIfAbsent(result.text() + on(result), reason -> new LinkedHashSet<>())
                        .add(result.stage().code());
            }
        }
        Table lines = new Table(terminal, 0);
        stagesByReason.forEach(
                (reason, stages) -> lines.row("Not tested because " + reason + ": " + String.join(", ", stages) + "."));
        return lines.render();
    }

    /**
     * {@return one line, which names the stages that failed} Stages that were not tested are not counted: their cause
     * is one of the failed stages.
     */
    private String summary(Terminal terminal) {
        List<String> failed = new ArrayList<>();
        int warnings = 0;
        for (StageResult result : results) {
            if (result.isFailed()) {
                failed.add(result.stage().code() + on(result));
            }
            warnings += result.status() == StageStatus.WARNING ? 1 : 0;
        }
        if (!failed.isEmpty()) {
            String text = (failed.size() == 1 ? "1 stage failed: " : failed.size() + " stages failed: ")
                    + String.join(", ", failed) + ".";
            return terminal.style(text, Style.bold, Style.fg_red);
        }
        if (warnings > 0) {
            return terminal.style(
                    "The database works, with " + (warnings == 1 ? "1 warning." : warnings + " warnings."),
                    Style.fg_yellow);
        }
        return terminal.style("The database works.", Style.fg_green);
    }

    /** {@return the server for a sentence; empty if the stage is not about a single server} */
    private static String on(StageResult result) {
        return result.server().isEmpty() ? "" : " on " + result.server();
    }

    /** {@return the duration in milliseconds, from 10 s in seconds; empty if it was not measured} */
    private static String time(Duration took) {
        long micros = took.toNanos() / 1000;
        if (micros < 1000) {
            return micros == 0 ? "" : "<1 ms";
        }
        return micros < 10_000_000 ? micros / 1000 + " ms" : micros / 1_000_000 + " s";
    }
}
