/** The programs that are compared: with Wellhead, and with Lettuce alone. All read their settings from the environment. */
@NullMarked
package dev.wellhead.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
