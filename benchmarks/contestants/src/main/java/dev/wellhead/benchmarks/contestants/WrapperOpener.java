package dev.wellhead.benchmarks.contestants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/**
 * HikariCP with aws-advanced-jdbc-wrapper. Its plugin efm2 monitors the server, with limits that notice a silent server
 * within about 5 s. Its plugin for secrets replaces efm2 if the password is in a secret.
 */
final class WrapperOpener implements PoolOpener {

    @Override
    public DataSource open(PoolSetup setup) {
        HikariConfig config = HikariOpener.tuned(setup, "jdbc:aws-wrapper:" + setup.jdbcUrl());
        if (setup.secretId() == null) {
            config.setUsername(setup.user());
            config.setPassword(setup.staticPassword());
            config.addDataSourceProperty("wrapperPlugins", "efm2");
            config.addDataSourceProperty("failureDetectionTime", "3000");
            config.addDataSourceProperty("failureDetectionInterval", "1000");
            config.addDataSourceProperty("failureDetectionCount", "3");
        } else {
            config.addDataSourceProperty("wrapperPlugins", "awsSecretsManager");
            config.addDataSourceProperty("secretsManagerSecretId", setup.secretId());
            config.addDataSourceProperty("secretsManagerRegion", System.getenv("AWS_REGION"));
            config.addDataSourceProperty("secretsManagerEndpoint", System.getenv("AWS_ENDPOINT_URL_SECRETS_MANAGER"));
        }
        return new HikariDataSource(config);
    }
}
