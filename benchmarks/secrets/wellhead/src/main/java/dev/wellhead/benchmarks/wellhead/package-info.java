/** Wellhead, configured by the environment. */
@NullMarked
package dev.wellhead.benchmarks.wellhead;

import org.jspecify.annotations.NullMarked;
