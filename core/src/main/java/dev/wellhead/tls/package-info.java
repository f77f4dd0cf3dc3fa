/** What encrypts and verifies a connection: {@link dev.wellhead.tls.SslMode} and the root certificates to trust. */
@NullMarked
package dev.wellhead.tls;

import org.jspecify.annotations.NullMarked;
