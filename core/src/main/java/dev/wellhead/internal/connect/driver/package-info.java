/**
 * Opens one session with pgjdbc: {@link dev.wellhead.internal.connect.driver.PhysicalConnection#open} takes a
 * {@link dev.wellhead.internal.connect.driver.ConnectAttempt}, which is one login on one address within one deadline.
 *
 * <pre>{@code
 * TlsNegotiation negotiation = TlsNegotiation.first(settings);
 * ConnectAttempt attempt =
 *         new ConnectAttempt(sockets, address, deadline.allowed(), deadline, negotiation, login, null);
 * PhysicalConnection connection = PhysicalConnection.open(attempt, properties);
 * attempt.finish();
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.connect.driver;

import org.jspecify.annotations.NullMarked;
