/**
 * Gives the application context of a Spring test the database of its class. Spring's test framework finds these classes in
 * {@code META-INF/spring.factories}; without Spring they are not loaded.
 */
@NullMarked
package dev.wellhead.junit.internal.spring;

import org.jspecify.annotations.NullMarked;
