/**
 * Opens one authenticated physical connection within a deadline, and says what went wrong where it cannot. Entry type:
 * {@link dev.wellhead.connect.Connector}.
 *
 * <pre>{@code
 * Connector connector = new Connector(settings, credentials, listener);
 * Connection connection = connector.open(Duration.ofSeconds(10));
 * }</pre>
 */
@NullMarked
package dev.wellhead.connect;

import org.jspecify.annotations.NullMarked;
