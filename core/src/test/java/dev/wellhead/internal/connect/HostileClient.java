package dev.wellhead.internal.connect;

import java.nio.file.Path;

/** How the client of a hostile server is configured. */
enum HostileClient {
    /** Without TLS, in an environment that permits it. */
    LENIENT,
    /** With TLS, in an environment that does not require it. */
    ENCRYPTED,
    /** In a strict environment, without a root certificate. */
    UNVERIFIED,
    /** In a strict environment, with the root certificate. */
    VERIFIED,
    /** With an authentication token. */
    TOKEN;

    /** @param root the root certificate of the server */
    Connecting to(int port, Path root) {
        Connecting connecting = Connecting.to("127.0.0.1", port).with("DB_CONNECT_TIMEOUT", "20s");
        return switch (this) {
            case LENIENT -> connecting;
            case ENCRYPTED -> connecting.with("DB_SSLMODE", "require");
            case UNVERIFIED -> connecting.without("DB_SSLMODE").with("ENVIRONMENT", "production");
            case VERIFIED ->
                connecting
                        .without("DB_SSLMODE")
                        .with("ENVIRONMENT", "production")
                        .with("DB_SSLROOTCERT", root.toString());
            case TOKEN ->
                connecting
                        .without("DB_SSLMODE")
                        .with("DB_AUTH", "iam")
                        .with("DB_USER", "app")
                        .with("DB_SSLROOTCERT", root.toString());
        };
    }
}
