/**
 * HikariCP over physical connections of our own. Entry type: {@link dev.wellhead.internal.pool.ConnectionPool}.
 */
@NullMarked
package dev.wellhead.internal.pool;

import org.jspecify.annotations.NullMarked;
