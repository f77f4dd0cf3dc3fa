/**
 * Ends connections that get no answer any more, although no packet reports that they are dead.
 * {@link dev.wellhead.internal.pool.liveness.Suspects} covers idle connections, and
 * {@link dev.wellhead.internal.pool.liveness.SilenceWatch} covers statements in progress. Nothing here uses HikariCP.
 */
@NullMarked
package dev.wellhead.internal.pool.liveness;

import org.jspecify.annotations.NullMarked;
