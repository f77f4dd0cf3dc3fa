/**
 * Pairs of programs that do the same work: one uses wellhead-redis, the other one uses only Lettuce. All of them read their settings from
 * the environment.
 */
@NullMarked
package dev.wellhead.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
