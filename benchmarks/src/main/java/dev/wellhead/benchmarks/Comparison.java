package dev.wellhead.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param better which way is better for the unit
 * @param wanted the highest ratio that is good enough; null where none was promised
 */
record Comparison(String what, String unit, Better better, Samples peer, Samples wellhead, @Nullable Double wanted) {

    /** Whether a small or a large figure is good. */
    enum Better {
        LOWER,
        HIGHER
    }

    /** {@return what Wellhead costs where the peer costs 1: medians, and for a rate its inverse} */
    double ratio() {
        double ratio = wellhead.median() / peer.median();
        return better == Better.LOWER ? ratio : 1 / ratio;
    }
}
