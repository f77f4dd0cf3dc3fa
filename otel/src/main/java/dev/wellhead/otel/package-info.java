/**
 * Metrics of pools, connections, credentials and rotations. The module depends on {@code opentelemetry-api} only; the
 * application brings the SDK. It is enough to put the module on the class path. To measure a database with another {@code
 * OpenTelemetry} than the global one, use {@link dev.wellhead.otel.DatabaseTelemetry}:
 *
 * <pre>{@code
 * Database db = Databases.builder().listener(DatabaseTelemetry.on(openTelemetry)).open();
 * }</pre>
 */
@NullMarked
package dev.wellhead.otel;

import org.jspecify.annotations.NullMarked;
