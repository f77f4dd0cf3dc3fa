package dev.wellhead.benchmarks.advancedjdbcwrapper;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.benchmarks.load.PoolFactory;
import javax.sql.DataSource;

/** HikariCP with aws-advanced-jdbc-wrapper and its plugin for Secrets Manager, configured as in its documentation. */
public final class AdvancedJdbcWrapperPool implements PoolFactory {

    /** Called by {@link java.util.ServiceLoader}. */
    public AdvancedJdbcWrapperPool() {}

    @Override
    public DataSource open(long connectionTimeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:aws-wrapper:postgresql://" + System.getenv("DATABASE_ADDRESS") + "?sslmode=disable");
        config.addDataSourceProperty("wrapperPlugins", "awsSecretsManager");
        config.addDataSourceProperty("secretsManagerSecretId", System.getenv("DB_SECRET_ID"));
        config.addDataSourceProperty("secretsManagerRegion", System.getenv("AWS_REGION"));
        config.addDataSourceProperty("secretsManagerEndpoint", System.getenv("AWS_ENDPOINT_URL_SECRETS_MANAGER"));
        config.setConnectionTimeout(connectionTimeoutMillis);
        return new HikariDataSource(config);
    }
}
