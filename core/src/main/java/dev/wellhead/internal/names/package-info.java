/**
 * The names of settings as users type them: misspelt ones, and those of other libraries and platforms. Entry types:
 * {@link dev.wellhead.internal.names.UnknownKeys} for keys that are a problem, and
 * {@link dev.wellhead.internal.names.NearMisses} for variables that may belong to another program.
 *
 * <pre>{@code
 * List<NearMiss> unread = new NearMisses(name, variables).all();
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.names;

import org.jspecify.annotations.NullMarked;
