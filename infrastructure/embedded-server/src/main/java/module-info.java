/** Runs PostgreSQL without Docker. Entry type: {@link dev.wellhead.embedded.LocalPostgres}. */
module dev.wellhead.embedded.server {
    requires java.naming;
    requires java.sql;
    requires org.apache.commons.compress;
    requires org.postgresql.jdbc;
    requires org.tukaani.xz;
    requires static org.jspecify;

    exports dev.wellhead.embedded;
}
