/**
 * A JDBC driver for applications that accept only a URL and have a pool of their own. Entry type:
 * {@link dev.wellhead.jdbc.WellheadDriver}.
 *
 * <pre>{@code
 * try (Connection connection = DriverManager.getConnection("jdbc:wellhead:ledger")) {
 *     ...
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead.jdbc;

import org.jspecify.annotations.NullMarked;
