/**
 * Compares Wellhead with similar libraries on a real PostgreSQL. {@link dev.wellhead.benchmarks.Benchmarks} runs one group of
 * comparisons and writes its page in {@code docs}.
 */
@NullMarked
package dev.wellhead.benchmarks;

import org.jspecify.annotations.NullMarked;
