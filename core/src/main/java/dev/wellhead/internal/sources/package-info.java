/**
 * Reads every source of settings: builder, system properties, environment, configuration file, libpq. Entry types:
 * {@link dev.wellhead.internal.sources.SettingsRequest} and {@link dev.wellhead.internal.sources.SourceReader}.
 */
@NullMarked
package dev.wellhead.internal.sources;

import org.jspecify.annotations.NullMarked;
