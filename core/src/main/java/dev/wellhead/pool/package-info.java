/**
 * The pool: HikariCP over connections that we open ourselves, and connections of old credentials retired without a pause.
 * Entry type: {@link dev.wellhead.pool.ConnectionPool}.
 */
@NullMarked
package dev.wellhead.pool;

import org.jspecify.annotations.NullMarked;
