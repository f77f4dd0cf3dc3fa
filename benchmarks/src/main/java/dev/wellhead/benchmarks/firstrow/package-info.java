/** The two programs whose way from {@code java} to the first row is timed. Each gets its server from the environment. */
@NullMarked
package dev.wellhead.benchmarks.firstrow;

import org.jspecify.annotations.NullMarked;
