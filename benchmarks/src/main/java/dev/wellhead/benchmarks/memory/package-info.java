/** The programs whose heap per open database is measured. They read their settings from the environment. */
@NullMarked
package dev.wellhead.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
