/**
 * Encrypts connections, verifies the server's certificate and presents the client's.
 *
 * <pre>{@code
 * SSLSocket socket = new TlsContext(settings, settings.sslMode()).wrap(connected, server, budget);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.connect.tls;

import org.jspecify.annotations.NullMarked;
