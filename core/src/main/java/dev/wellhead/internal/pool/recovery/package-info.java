/**
 * Opens physical connections in spite of failures that end on their own. {@link
 * dev.wellhead.internal.pool.recovery.FirstConnection} covers the start of a pool, and
 * {@link dev.wellhead.internal.pool.recovery.RetriedConnect} a running pool. Nothing here uses HikariCP.
 *
 * <pre>{@code
 * Connection connection = new RetriedConnect(route, rule, ready, demand, failures).after(firstFailure);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.pool.recovery;

import org.jspecify.annotations.NullMarked;
