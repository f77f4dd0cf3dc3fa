package dev.wellhead.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table. A lower figure is better in every row.
 *
 * @param target the highest acceptable ratio; null if there is none
 */
record Comparison(String what, String unit, Samples peer, Samples wellhead, @Nullable Double target) {

    /** {@return the median of Wellhead divided by the median of the peer} */
    double ratio() {
        return wellhead.median() / peer.median();
    }

    /** {@return whether the middle halves of both libraries' runs overlap, so that the medians may differ by chance} */
    boolean isWithinScatter() {
        return wellhead.quantile(0.25) <= peer.quantile(0.75) && peer.quantile(0.25) <= wellhead.quantile(0.75);
    }

    /** {@return how Wellhead's figure differs from the peer's, as a word for the table} */
    String difference() {
        if (isWithinScatter()) {
            return "within the scatter";
        }
        return ratio() < 1 ? "lower" : "higher";
    }
}
