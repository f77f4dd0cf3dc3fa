/**
 * What measuring the pool costs a borrower, beside what else measures HikariCP. Entry type: {@link
 * dev.wellhead.benchmarks.metrics.MetricsBenchmarks}.
 */
@NullMarked
package dev.wellhead.benchmarks.metrics;

import org.jspecify.annotations.NullMarked;
