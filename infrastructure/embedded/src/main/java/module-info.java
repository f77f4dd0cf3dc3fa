/**
 * PostgreSQL 16 for machines without Docker. Entry type: {@link dev.wellhead.embedded.LocalPostgres}.
 *
 * @provides dev.wellhead.spi.LocalDatabaseProvider so that core starts it where a local environment has no database
 */
module dev.wellhead.embedded {
    requires transitive dev.wellhead.core;
    requires org.postgresql.jdbc;
    requires org.tukaani.xz;
    requires static org.jspecify;

    exports dev.wellhead.embedded;

    provides dev.wellhead.spi.LocalDatabaseProvider with
            dev.wellhead.embedded.EmbeddedDatabaseProvider;
}
