/**
 * A pool of HikariCP on physical connections that {@code internal.connect} opens. Entry type:
 * {@link dev.wellhead.internal.pool.ConnectionPool}.
 *
 * <pre>{@code
 * try (ConnectionPool pool = ConnectionPool.open(settings, credentials, listener);
 *         Connection connection = pool.getConnection()) {
 *     ...
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.pool;

import org.jspecify.annotations.NullMarked;
