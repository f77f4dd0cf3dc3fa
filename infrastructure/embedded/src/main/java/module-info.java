/**
 * Starts the PostgreSQL server of module {@code dev.wellhead.embedded.server} if a local environment has no database.
 *
 * @provides dev.wellhead.spi.LocalDatabaseProvider so that core finds the server
 */
module dev.wellhead.embedded {
    requires transitive dev.wellhead.core;
    requires transitive dev.wellhead.embedded.server;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.wellhead.embedded.provider;

    provides dev.wellhead.spi.LocalDatabaseProvider with
            dev.wellhead.embedded.provider.EmbeddedDatabaseProvider;
}
