/**
 * Resolves the environment into settings, opens authenticated connections, pools them. Entry type:
 * {@link dev.wellhead.Databases}.
 *
 * @uses dev.wellhead.credentials.CredentialsProviderFactory for credentials in a store core knows nothing about
 * @uses dev.wellhead.tls.TrustAnchorsProvider for root certificates of known hosts
 * @uses dev.wellhead.spi.DatabaseListenerFactory for those who want to know what happens
 * @uses dev.wellhead.spi.LocalDatabaseProvider for a database on a machine that has none
 */
module dev.wellhead.core {
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.postgresql.jdbc;
    requires java.management;
    requires java.naming;
    requires jdk.net;
    requires org.slf4j;
    requires typesafe.config;
    requires static transitive org.jspecify;

    exports dev.wellhead;
    exports dev.wellhead.credentials;
    exports dev.wellhead.settings;
    exports dev.wellhead.spi;
    exports dev.wellhead.tls;

    // the driver makes objects of classes that it knows by name
    exports dev.wellhead.connect to
            org.postgresql.jdbc;

    uses dev.wellhead.credentials.CredentialsProviderFactory;
    uses dev.wellhead.spi.DatabaseListenerFactory;
    uses dev.wellhead.spi.LocalDatabaseProvider;
    uses dev.wellhead.tls.TrustAnchorsProvider;
}
