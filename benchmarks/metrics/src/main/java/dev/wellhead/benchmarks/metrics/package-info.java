/**
 * What measuring the pool costs a borrower, beside what else measures HikariCP: the programs that the module
 * {@code benchmarks} runs. Entry type: {@link dev.wellhead.benchmarks.metrics.Trial}.
 */
@NullMarked
package dev.wellhead.benchmarks.metrics;

import org.jspecify.annotations.NullMarked;
