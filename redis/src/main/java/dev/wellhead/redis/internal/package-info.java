/**
 * The settings of Redis and the syntax of its URL, for this module and the command line. Entry type:
 * {@link dev.wellhead.redis.internal.RedisCatalogue}.
 *
 * <pre>{@code
 * DatabaseSettings settings = SettingsResolver.resolve(SettingsRequest.ofProcess("sessions").of(RedisCatalogue.REDIS));
 * }</pre>
 */
@NullMarked
package dev.wellhead.redis.internal;

import org.jspecify.annotations.NullMarked;
