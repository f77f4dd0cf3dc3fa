package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.net.KeepAlive;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.tls.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * What all sockets of one database have in common. Thread-safe.
 *
 * @param tls null if the SSL mode is {@code disable}, so that no class of TLS is loaded
 */
public record SocketSetup(@Nullable TlsContext tls, KeepAlive keepAlive) {

    public static SocketSetup of(DatabaseSettings settings) {
        SslMode mode = settings.sslMode();
        return new SocketSetup(mode == SslMode.DISABLE ? null : new TlsContext(settings, mode), KeepAlive.of(settings));
    }
}
