/** A Spring Boot application whose start is measured. */
@NullMarked
package dev.wellhead.benchmarks.boot;

import org.jspecify.annotations.NullMarked;
