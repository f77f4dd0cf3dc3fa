/**
 * Micrometer meters of pools, connections, credentials and rotations. The module depends on {@code micrometer-core} only; the
 * application brings the registry. To measure a database in another registry than the global one, use {@link
 * dev.wellhead.micrometer.DatabaseMeters}:
 *
 * <pre>{@code
 * Database db = Databases.builder().listener(DatabaseMeters.on(registry)).open();
 * }</pre>
 */
@NullMarked
package dev.wellhead.micrometer;

import org.jspecify.annotations.NullMarked;
