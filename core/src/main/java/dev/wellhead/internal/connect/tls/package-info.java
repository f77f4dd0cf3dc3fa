/**
 * Verifies the server's certificate and presents the client's.
 */
@NullMarked
package dev.wellhead.internal.connect.tls;

import org.jspecify.annotations.NullMarked;
