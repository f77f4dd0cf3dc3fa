package dev.wellhead.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A Markdown table of comparisons: medians with quartiles, and the ratio of the medians.
 *
 * @param peer the heading of the peer's column
 * @param wellhead the heading of Wellhead's column
 */
record ComparisonTable(String peer, String wellhead, List<Comparison> rows) {

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("| | unit | ").append(peer).append(" | ").append(wellhead);
        text.append(" | ratio | difference | target | runs |\n");
        text.append("| --- | --- | ---: | ---: | ---: | --- | ---: | ---: |\n");
        for (Comparison row : rows) {
            text.append("| ").append(row.what()).append(" | ").append(row.unit());
            text.append(" | ").append(spread(row.peer())).append(" | ").append(spread(row.wellhead()));
            text.append(" | ").append(number(row.ratio()));
            text.append(" | ").append(row.difference()).append(" | ");
            text.append(row.target() == null ? "" : "≤ " + number(row.target()));
            text.append(" | ").append(row.wellhead().values().size()).append(" |\n");
        }
        return text.toString();
    }

    private static String spread(Samples samples) {
        return number(samples.median()) + " (" + number(samples.quantile(0.25)) + "–" + number(samples.quantile(0.75))
                + ")";
    }

    private static String number(double value) {
        String pattern = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
