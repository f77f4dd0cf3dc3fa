package dev.wellhead.benchmarks.faults;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Writes one figure of all rounds. */
final class Figure {

    private static final double MILLIS_PER_SECOND = 1_000;

    private Figure() {}

    /** {@return a time: milliseconds below one second, or else seconds} */
    static String time(double millis) {
        if (Double.isInfinite(millis)) {
            return "never";
        }
        return Math.round(millis) < MILLIS_PER_SECOND
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / MILLIS_PER_SECOND);
    }

    static String count(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    /** {@return the median, followed by the highest value in parentheses if it is written differently} */
    static String highest(List<Figures> rounds, ToDoubleFunction<Figures> figure, DoubleFunction<String> format) {
        double worst = rounds.stream().mapToDouble(figure).max().orElseThrow();
        return withWorst(median(rounds, figure, format), format.apply(worst));
    }

    /** {@return the median, followed by the lowest value in parentheses if it is written differently} */
    static String lowest(List<Figures> rounds, ToDoubleFunction<Figures> figure, DoubleFunction<String> format) {
        double worst = rounds.stream().mapToDouble(figure).min().orElseThrow();
        return withWorst(median(rounds, figure, format), format.apply(worst));
    }

    /** {@return the median, or the higher one of two middle values, because infinite times have no mean} */
    static String median(List<Figures> rounds, ToDoubleFunction<Figures> figure, DoubleFunction<String> format) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return format.apply(sorted[sorted.length / 2]);
    }

    private static String withWorst(String median, String worst) {
        return median.equals(worst) ? median : median + " (" + worst + ")";
    }
}
