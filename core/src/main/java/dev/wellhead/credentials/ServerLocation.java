package dev.wellhead.credentials;

import dev.wellhead.tls.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * Where a credentials source says the server is. It fills only what no setting says; a part that is {@code null} is not
 * known. An SSL mode here may raise the resolved one, never lower it.
 *
 * @param host host name or address
 * @param port 1 to 65535
 * @param databaseName the database to connect to
 * @param sslMode the weakest mode the source allows
 */
public record ServerLocation(
        @Nullable String host, @Nullable Integer port, @Nullable String databaseName, @Nullable SslMode sslMode) {}
