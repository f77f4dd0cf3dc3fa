package dev.wellhead.credentials;

import dev.wellhead.tls.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * The server that a source of credentials names. A part is used only if no setting has a value for it, and is
 * {@code null} if the source does not have it. An SSL mode can make the resolved one stricter, never weaker.
 *
 * @param host host name or address
 * @param port 1 to 65535
 * @param databaseName the database to connect to
 * @param sslMode the weakest SSL mode that the source allows
 */
public record ServerLocation(
        @Nullable String host, @Nullable Integer port, @Nullable String databaseName, @Nullable SslMode sslMode) {}
