package dev.wellhead.benchmarks;

import java.util.Arrays;
import java.util.List;

/** The results of all runs, in the order of the runs. */
record Samples(List<Double> values) {

    Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there are no samples");
        }
    }

    double median() {
        return quantile(0.5);
    }

    /** {@return the quantile of the runs, interpolated linearly between neighbours} */
    double quantile(double share) {
        double[] sorted = new double[values.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = values.get(i);
        }
        Arrays.sort(sorted);
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
