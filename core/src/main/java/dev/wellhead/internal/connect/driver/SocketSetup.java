package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.net.KeepAlive;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all sockets of one database have in common. Thread-safe.
 *
 * @param tls null if the SSL mode is {@code disable}, so that no class of TLS is loaded
 * @param cancelTimeout the longest time that a cancel request may take
 * @param timeZone the time zone of every session; null if it is that of the JVM
 */
public record SocketSetup(
        @Nullable TlsContext tls,
        KeepAlive keepAlive,
        LoginPolicy policy,
        Duration cancelTimeout,
        @Nullable String timeZone) {

    public static SocketSetup of(DatabaseSettings settings) {
        SslMode mode = settings.sslMode();
        return new SocketSetup(
                mode == SslMode.DISABLE ? null : new TlsContext(settings, mode),
                KeepAlive.of(settings),
                LoginPolicy.of(settings),
                settings.get(Settings.CONNECT_TIMEOUT),
                settings.find(Settings.TIME_ZONE).orElse(null));
    }
}
