/**
 * The settings of a database: the catalogue ({@link dev.wellhead.settings.Settings}), the result of resolving
 * ({@link dev.wellhead.settings.DatabaseSettings}), each value with its {@link dev.wellhead.settings.Origin}, and the
 * problems ({@link dev.wellhead.settings.ConfigurationException}).
 *
 * <pre>{@code
 * DatabaseSettings settings = Databases.resolve(Map.of("DATABASE_URL", "postgresql://app@db.internal/shop"));
 * settings.hosts();    // [db.internal:5432]
 * }</pre>
 */
@NullMarked
package dev.wellhead.settings;

import org.jspecify.annotations.NullMarked;
