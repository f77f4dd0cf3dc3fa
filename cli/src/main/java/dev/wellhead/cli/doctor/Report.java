package dev.wellhead.cli.doctor;

import dev.wellhead.cli.text.Ink;
import dev.wellhead.cli.text.Json;
import dev.wellhead.cli.text.Table;
import dev.wellhead.cli.text.Terminal;
import dev.wellhead.cli.text.Wrap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all stages found, in order.
 *
 * @param name of the database
 * @param environment its name
 * @param results of every stage, those that were not tested too
 */
public record Report(String name, String environment, List<Result> results) {

    /** Of the JSON: keys are added within a version, never taken away. */
    static final int VERSION = 1;

    private static final String LINE = System.lineSeparator();

    /** {@return whether no stage failed} */
    public boolean isHealthy() {
        return results.stream().noneMatch(Result::isFailed);
    }

    /** {@return the report for programs; {@code docs/doctor.schema.json} is its schema} */
    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", VERSION);
        json.put("name", name);
        json.put("environment", environment);
        json.put("healthy", isHealthy());
        json.put("stages", results.stream().map(Result::toJson).toList());
        return Json.of(json);
    }

    /** {@return the report for people} */
    public String text(Terminal terminal) {
        StringBuilder text = new StringBuilder();
        text.append(terminal.ink(Ink.BOLD, "Database '" + name + "' in environment '" + environment + "'"))
                .append(LINE)
                .append(LINE);
        Table table = new Table("");
        for (Result result : results) {
            if (result.status() != Status.NOT_TESTED) {
                rows(table, result);
            }
        }
        text.append(table.render(terminal)).append(LINE);
        notTested(text, terminal);
        summary(text, terminal);
        return text.toString();
    }

    private static void rows(Table table, Result result) {
        String server = result.server().isEmpty() ? "" : result.server() + ": ";
        String kind = result.kind().isEmpty() ? "" : " [" + result.kind() + "]";
        table.row(
                result.status().ink(),
                result.status().label(),
                result.stage().code(),
                time(result.took()),
                server + result.text() + kind);
        if (!result.fix().isEmpty()) {
            table.row(Ink.PLAIN, "", "", "", "fix: " + result.fix());
        }
    }

    private void notTested(StringBuilder text, Terminal terminal) {
        Map<String, Set<String>> skipped = new LinkedHashMap<>();
        for (Result result : results) {
            if (result.status() == Status.NOT_TESTED) {
                String why = result.text() + (result.server().isEmpty() ? "" : " on " + result.server());
                skipped.computeIfAbsent(why, reason -> new LinkedHashSet<>())
                        .add(result.stage().code());
            }
        }
        skipped.forEach((why, stages) -> text.append(
                        Wrap.paragraph("Not tested, because " + why + ": ", String.join(", ", stages) + ".", terminal))
                .append(LINE));
    }

    private void summary(StringBuilder text, Terminal terminal) {
        List<String> failed = new ArrayList<>();
        int warnings = 0;
        for (Result result : results) {
            if (result.isFailed()) {
                failed.add(result.stage().code() + (result.server().isEmpty() ? "" : " on " + result.server()));
            }
            warnings += result.status() == Status.WARNING ? 1 : 0;
        }
        String warned = warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", " + warnings + " warnings";
        Ink ink = !failed.isEmpty() ? Ink.BAD : warnings > 0 ? Ink.WARNING : Ink.GOOD;
        String verdict =
                failed.isEmpty() ? "It works" + warned + "." : "It does not work: " + String.join(", ", failed) + ".";
        text.append(terminal.ink(ink, verdict)).append(LINE);
    }

    private static String time(Duration took) {
        long micros = took.toNanos() / 1000;
        if (micros < 1000) {
            return micros == 0 ? "" : "<1 ms";
        }
        return micros < 10_000_000 ? micros / 1000 + " ms" : micros / 1_000_000 + " s";
    }
}
