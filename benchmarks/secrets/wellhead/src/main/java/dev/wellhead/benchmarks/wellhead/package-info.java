/** Wellhead, from the environment alone. */
@NullMarked
package dev.wellhead.benchmarks.wellhead;

import org.jspecify.annotations.NullMarked;
