/** The program that compares a connect through the driver {@code jdbc:wellhead:} with one of a {@code Database}. */
@NullMarked
package dev.wellhead.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
