package dev.wellhead.benchmarks.contestants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** HikariCP with aws-secretsmanager-jdbc if the password is in a secret, or else with pgjdbc. */
final class SecretsDriverOpener implements PoolOpener {

    @Override
    public DataSource open(PoolSetup setup) {
        if (setup.secretId() == null) {
            return new HikariOpener().open(setup);
        }
        System.setProperty("drivers.vpcEndpointUrl", System.getenv("AWS_ENDPOINT_URL_SECRETS_MANAGER"));
        System.setProperty("drivers.vpcEndpointRegion", System.getenv("AWS_REGION"));
        HikariConfig config = HikariOpener.tuned(setup, "jdbc-secretsmanager:" + setup.jdbcUrl());
        config.setDriverClassName("com.amazonaws.secretsmanager.sql.AWSSecretsManagerPostgreSQLDriver");
        config.setUsername(setup.secretId());
        return new HikariDataSource(config);
    }
}
