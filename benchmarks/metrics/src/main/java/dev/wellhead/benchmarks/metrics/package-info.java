/**
 * Programs that measure the cost of pool metrics in Wellhead and in other libraries for HikariCP. The module {@code
 * benchmarks} runs them. Entry type: {@link dev.wellhead.benchmarks.metrics.AcquireTrial}.
 */
@NullMarked
package dev.wellhead.benchmarks.metrics;

import org.jspecify.annotations.NullMarked;
