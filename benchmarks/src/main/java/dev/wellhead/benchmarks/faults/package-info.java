/**
 * The fault arena: it injects faults while several libraries run under the same load at the same time. Every library
 * has its own process; all of them use the same servers.
 */
@NullMarked
package dev.wellhead.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
