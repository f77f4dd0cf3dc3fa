package dev.wellhead.benchmarks.faults;

import java.util.List;
import java.util.Map;

/** The section of one fault. */
final class FaultSection {

    private static final String HEAD =
            """

            | | failed borrows | longest borrow | longest operation | first success | all threads back | lost statements | answered |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private FaultSection() {}

    static String text(Fault fault, Map<Contestant, List<Figures>> rounds) {
        StringBuilder text = new StringBuilder("\n### ")
                .append(fault.title())
                .append(" (`")
                .append(fault.name())
                .append("`)\n\n")
                .append(fault.description())
                .append(duration(rounds))
                .append("\nPromise: ")
                .append(fault.promise().describe())
                .append(".\n")
                .append(HEAD);
        rounds.forEach((contestant, figures) -> text.append(row(contestant, figures)));
        StringBuilder failures = new StringBuilder();
        rounds.forEach((contestant, figures) -> failures.append(firstFailure(contestant, figures)));
        return failures.isEmpty() ? text.toString() : text + "\nFirst failures:\n\n" + failures;
    }

    private static String row(Contestant contestant, List<Figures> figures) {
        return String.join(
                " | ",
                "| " + contestant.title(),
                Figure.highest(figures, Figures::failedBorrows, Figure::count),
                Figure.highest(figures, Figures::longestMillis, Figure::time),
                Figure.highest(figures, Figures::longestOperationMillis, Figure::time),
                Figure.highest(figures, Figures::firstMillis, Figure::time),
                Figure.highest(figures, Figures::allBackMillis, Figure::time),
                Figure.highest(figures, Figures::lost, Figure::count),
                Figure.lowest(figures, Figures::answered, Figure::count) + " |\n");
    }

    private static String duration(Map<Contestant, List<Figures>> rounds) {
        List<Figures> figures = rounds.values().iterator().next();
        return figures.get(0).faultMillis() == 0
                ? ""
                : " The fault lasted " + Figure.highest(figures, Figures::faultMillis, Figure::time) + ".";
    }

    private static String firstFailure(Contestant contestant, List<Figures> rounds) {
        for (Figures figures : rounds) {
            if (!figures.firstFailure().isEmpty()) {
                return "- " + contestant.title() + ": " + figures.firstFailure() + "\n";
            }
        }
        return "";
    }
}
