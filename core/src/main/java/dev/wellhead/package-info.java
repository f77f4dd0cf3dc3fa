/**
 * The front door: {@link dev.wellhead.Databases} opens a {@link dev.wellhead.Database}.
 *
 * <pre>{@code
 * try (Database db = Databases.fromEnvironment();
 *         Connection connection = db.getConnection()) {
 *     ...
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead;

import org.jspecify.annotations.NullMarked;
