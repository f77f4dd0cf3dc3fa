/** The program that applies the load of the fault arena. It runs once for each library, in its own process. */
@NullMarked
package dev.wellhead.benchmarks.contestants;

import org.jspecify.annotations.NullMarked;
