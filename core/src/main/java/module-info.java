/**
 * Resolves the environment into settings, opens authenticated connections, pools them. Entry type:
 * {@link dev.wellhead.Databases}.
 *
 * @uses dev.wellhead.credentials.CredentialsProviderFactory for credentials in a store that core does not support
 * @uses dev.wellhead.tls.TrustAnchorsProvider for root certificates of known hosts
 * @uses dev.wellhead.spi.DatabaseListenerFactory for listeners of the events of a database
 * @uses dev.wellhead.spi.LocalDatabaseProvider for a local database on a machine that has none
 */
@SuppressWarnings("module") // the modules named in qualified exports are built later
module dev.wellhead.core {
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.postgresql.jdbc;
    requires java.management;
    requires java.naming;
    requires jdk.net;
    requires org.slf4j;
    requires typesafe.config;
    requires static org.bouncycastle.pkix;
    requires static org.bouncycastle.provider;
    requires static transitive org.jspecify;

    exports dev.wellhead;
    exports dev.wellhead.credentials;
    exports dev.wellhead.jdbc;
    exports dev.wellhead.settings;
    exports dev.wellhead.spi;
    exports dev.wellhead.tls;

    // the driver instantiates these classes by name
    exports dev.wellhead.internal.connect.driver to
            org.postgresql.jdbc;

    // packages that other modules share with core; they are not part of the public API
    exports dev.wellhead.internal.connect.login to
            dev.wellhead.redis;
    exports dev.wellhead.internal.connect.tls to
            dev.wellhead.aws,
            dev.wellhead.cli,
            dev.wellhead.redis;
    exports dev.wellhead.internal.credentials to
            dev.wellhead.aws,
            dev.wellhead.cli;
    exports dev.wellhead.internal.definitions to
            dev.wellhead.redis;
    exports dev.wellhead.internal.files to
            dev.wellhead.cli;
    exports dev.wellhead.internal.libraries to
            dev.wellhead.aws;
    exports dev.wellhead.internal.metrics to
            dev.wellhead.micrometer,
            dev.wellhead.otel,
            dev.wellhead.spring.boot;
    exports dev.wellhead.internal.names to
            dev.wellhead.cli;
    exports dev.wellhead.internal.open to
            dev.wellhead.cli,
            dev.wellhead.redis,
            dev.wellhead.spring.boot;
    exports dev.wellhead.internal.pem to
            dev.wellhead.cli;
    exports dev.wellhead.internal.resolve to
            dev.wellhead.cli,
            dev.wellhead.junit,
            dev.wellhead.redis;
    exports dev.wellhead.internal.secret to
            dev.wellhead.aws;
    exports dev.wellhead.internal.sources to
            dev.wellhead.cli,
            dev.wellhead.junit,
            dev.wellhead.redis;
    exports dev.wellhead.internal.text to
            dev.wellhead.aws,
            dev.wellhead.cli,
            dev.wellhead.junit,
            dev.wellhead.spring.boot;
    exports dev.wellhead.internal.types to
            dev.wellhead.cli,
            dev.wellhead.junit,
            dev.wellhead.redis,
            dev.wellhead.spring.boot;

    provides java.sql.Driver with
            dev.wellhead.jdbc.WellheadDriver;

    uses dev.wellhead.credentials.CredentialsProviderFactory;
    uses dev.wellhead.spi.DatabaseListenerFactory;
    uses dev.wellhead.spi.LocalDatabaseProvider;
    uses dev.wellhead.tls.TrustAnchorsProvider;
}
