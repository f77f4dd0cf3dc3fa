/**
 * Metrics of the pool, the credentials and the rotation, on {@code opentelemetry-api} alone. Being on the class path is
 * enough; {@link dev.wellhead.otel.DatabaseTelemetry} binds a database to an {@code OpenTelemetry} of one's own:
 *
 * <pre>{@code
 * Database db = Databases.builder().listener(DatabaseTelemetry.on(openTelemetry)).open();
 * }</pre>
 */
@NullMarked
package dev.wellhead.otel;

import org.jspecify.annotations.NullMarked;
