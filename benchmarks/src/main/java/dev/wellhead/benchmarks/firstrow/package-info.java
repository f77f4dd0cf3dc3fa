/** The two programs whose time to the first row is measured. Both read their settings from the environment. */
@NullMarked
package dev.wellhead.benchmarks.firstrow;

import org.jspecify.annotations.NullMarked;
