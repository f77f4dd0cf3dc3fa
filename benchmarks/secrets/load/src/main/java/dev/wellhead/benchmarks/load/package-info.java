/** The programs that every library runs, each in a process and on a class path of its own. */
@NullMarked
package dev.wellhead.benchmarks.load;

import org.jspecify.annotations.NullMarked;
