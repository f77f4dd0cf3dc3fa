/**
 * Connects sockets and resolves host names within a {@link dev.wellhead.internal.connect.net.Deadline}.
 *
 * <pre>{@code
 * Deadline deadline = Deadline.in(Duration.ofSeconds(10));
 * InetAddress[] addresses = NameResolver.SYSTEM.resolve("db.example.com", deadline);
 * }</pre>
 */
@NullMarked
package dev.wellhead.internal.connect.net;

import org.jspecify.annotations.NullMarked;
