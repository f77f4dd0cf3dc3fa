/**
 * Access to constructors of {@code dev.wellhead.settings} for the catalogues of other modules. Entry type:
 * {@link dev.wellhead.internal.definitions.HiddenConstructors}.
 *
 * <pre>{@code
 * Object port = HiddenConstructors.get().setting("REDIS_", "port", ValueKind.PORTS, "a port from 1 to 65535");
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.definitions;

import org.jspecify.annotations.NullMarked;
