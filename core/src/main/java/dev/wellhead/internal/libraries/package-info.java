/**
 * Explains errors of the JVM that are caused by a library of an unsupported version. Entry type:
 * {@link dev.wellhead.internal.libraries.SupportedLibraries}.
 *
 * <pre>{@code
 * } catch (LinkageError e) {
 *     throw SupportedLibraries.CORE.explained(e);
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.libraries;

import org.jspecify.annotations.NullMarked;
