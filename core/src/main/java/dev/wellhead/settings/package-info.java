/**
 * Pure resolution: sources in, {@link dev.wellhead.settings.DatabaseSettings} out, each value with its
 * {@link dev.wellhead.settings.Origin}, or a {@link dev.wellhead.settings.ConfigurationException} with every problem at
 * once. No network, no JDBC.
 */
@NullMarked
package dev.wellhead.settings;

import org.jspecify.annotations.NullMarked;
