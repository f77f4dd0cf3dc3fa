/** The programs that run with each library, in their own process and with their own class path. */
@NullMarked
package dev.wellhead.benchmarks.load;

import org.jspecify.annotations.NullMarked;
