/**
 * Loads what modules plug in. Entry type: {@link dev.wellhead.internal.providers.ServiceProviders}.
 *
 * <pre>{@code
 * List<LocalDatabaseProvider> found = ServiceProviders.all(LocalDatabaseProvider.class);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.providers;

import org.jspecify.annotations.NullMarked;
