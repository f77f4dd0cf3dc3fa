/**
 * Opens authenticated physical connections within a deadline. The entry type is
 * {@link dev.wellhead.internal.connect.Connector}.
 *
 * <pre>{@code
 * Connector connector = new Connector(settings, credentials, new LoginMemory(), listener);
 * Connection connection = connector.open(Duration.ofSeconds(27));
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.connect;

import org.jspecify.annotations.NullMarked;
