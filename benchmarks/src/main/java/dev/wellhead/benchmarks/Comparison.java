package dev.wellhead.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param better whether a lower or a higher figure is better
 * @param target the highest acceptable ratio; null if there is none
 */
record Comparison(String what, String unit, Better better, Samples peer, Samples wellhead, @Nullable Double target) {

    /** Whether a lower or a higher figure is better. */
    enum Better {
        LOWER,
        HIGHER
    }

    /** {@return the median of Wellhead divided by the median of the peer, inverted if a higher figure is better} */
    double ratio() {
        double ratio = wellhead.median() / peer.median();
        return better == Better.LOWER ? ratio : 1 / ratio;
    }
}
