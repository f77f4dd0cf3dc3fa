/**
 * Follows the credentials of a pool: {@link dev.wellhead.internal.pool.rotation.Rotation} notices new credentials, proves
 * them with a connection, and then replaces the connections of older generations. The pool is seen through
 * {@link dev.wellhead.internal.pool.rotation.RotatedPool} and
 * {@link dev.wellhead.internal.pool.rotation.Replacements}; nothing here uses HikariCP.
 */
@NullMarked
package dev.wellhead.internal.pool.rotation;

import org.jspecify.annotations.NullMarked;
