/**
 * Finds out what a program looks up by name: classes, their members, resources, services and proxies. It replaces the
 * tracing agent of GraalVM, which a JDK does not contain. Entry type: {@link dev.wellhead.testkit.reflection.TracedProgram}:
 *
 * <pre>{@code
 * Set<Lookup> lookups = TracedProgram.run(directory, Map.of(), Main.class.getName());
 * }</pre>
 */
@NullMarked
package dev.wellhead.testkit.reflection;

import org.jspecify.annotations.NullMarked;
