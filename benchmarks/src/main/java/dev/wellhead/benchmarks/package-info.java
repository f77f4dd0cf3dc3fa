/**
 * Wellhead side by side with its peers: {@link dev.wellhead.benchmarks.Benchmarks} runs every comparison against a real
 * PostgreSQL of its own and writes {@code docs/benchmarks.md}.
 */
@NullMarked
package dev.wellhead.benchmarks;

import org.jspecify.annotations.NullMarked;
