package dev.wellhead.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The section of one fault. */
final class FaultSection {

    private static final List<Column> COLUMNS = List.of(
            new Column("failed borrows", rounds -> Figure.highest(rounds, Figures::failedBorrows, Figure::count)),
            new Column("longest borrow", rounds -> Figure.highest(rounds, Figures::longestMillis, Figure::time)),
            new Column(
                    "longest operation",
                    rounds -> Figure.highest(rounds, Figures::longestOperationMillis, Figure::time)),
            new Column("first success", rounds -> Figure.highest(rounds, Figures::firstMillis, Figure::time)),
            new Column("all threads back", rounds -> Figure.highest(rounds, Figures::allBackMillis, Figure::time)),
            new Column("lost statements", rounds -> Figure.highest(rounds, Figures::lost, Figure::count)),
            new Column("answered", rounds -> Figure.lowest(rounds, Figures::answered, Figure::count)));

    private static final Column COMPLETION =
            new Column("pool complete", rounds -> Figure.highest(rounds, Figures::completeMillis, Figure::time));

    private record Column(String title, Function<List<Figures>, String> cell) {}

    private FaultSection() {}

    static String text(FaultResults results) {
        Fault fault = results.fault();
        StringBuilder text = new StringBuilder("\n### ")
                .append(fault.title())
                .append(" (`")
                .append(fault.name())
                .append("`)\n\n")
                .append(fault.description())
                .append(duration(results))
                .append("\nPromise: ")
                .append(fault.promise().describe())
                .append(".\n");
        if (results.isMeasured()) {
            text.append(table(results));
            text.append(list("First failures", firstFailures(results)));
        }
        return text.append(list("Rounds in which this fault could not be injected", results.obstacles()))
                .toString();
    }

    private static String table(FaultResults results) {
        List<Column> columns = new ArrayList<>(COLUMNS);
        if (results.fault().promise().isAboutCompletion()) {
            columns.add(COMPLETION);
        }
        StringBuilder table = new StringBuilder("\n| |");
        columns.forEach(column -> table.append(' ').append(column.title()).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(columns.size())).append('\n');
        for (Contestant contestant : results.fault().contestants()) {
            List<Figures> rounds = results.of(contestant);
            table.append("| ").append(contestant.title()).append(" |");
            columns.forEach(column ->
                    table.append(' ').append(column.cell().apply(rounds)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static String duration(FaultResults results) {
        List<Figures> rounds = results.of(Contestant.WELLHEAD);
        return rounds.isEmpty() || rounds.get(0).faultMillis() == 0
                ? ""
                : " The fault lasted " + Figure.highest(rounds, Figures::faultMillis, Figure::time) + ".";
    }

    private static List<String> firstFailures(FaultResults results) {
        List<String> failures = new ArrayList<>();
        for (Contestant contestant : results.fault().contestants()) {
            results.of(contestant).stream()
                    .map(Figures::firstFailure)
                    .filter(failure -> !failure.isEmpty())
                    .findFirst()
                    .ifPresent(failure -> failures.add(contestant.title() + ": " + failure));
        }
        return failures;
    }

    private static String list(String title, List<String> lines) {
        return lines.isEmpty() ? "" : "\n" + title + ":\n\n- " + String.join("\n- ", lines) + "\n";
    }
}
