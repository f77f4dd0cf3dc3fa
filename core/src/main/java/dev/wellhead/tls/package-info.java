/**
 * Encryption and server verification: {@link dev.wellhead.tls.SslMode} and the root certificates to trust.
 *
 * <pre>{@code
 * TrustAnchors roots = TrustAnchors.ofFile(Path.of("/etc/tls/root.crt"));
 * Databases.builder().trustAnchors(host -> host.endsWith(".internal") ? Optional.of(roots) : Optional.empty());
 * }</pre>
 */
@NullMarked
package dev.wellhead.tls;

import org.jspecify.annotations.NullMarked;
