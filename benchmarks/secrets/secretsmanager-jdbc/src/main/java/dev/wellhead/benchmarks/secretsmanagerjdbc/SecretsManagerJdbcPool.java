package dev.wellhead.benchmarks.secretsmanagerjdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.benchmarks.load.PoolFactory;
import javax.sql.DataSource;

/** HikariCP with aws-secretsmanager-jdbc, configured as in its documentation. */
public final class SecretsManagerJdbcPool implements PoolFactory {

    /** Called by {@link java.util.ServiceLoader}. */
    public SecretsManagerJdbcPool() {}

    @Override
    public DataSource open(long connectionTimeoutMillis) {
        System.setProperty("drivers.vpcEndpointUrl", System.getenv("AWS_ENDPOINT_URL_SECRETS_MANAGER"));
        System.setProperty("drivers.vpcEndpointRegion", System.getenv("AWS_REGION"));
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("com.amazonaws.secretsmanager.sql.AWSSecretsManagerPostgreSQLDriver");
        config.setJdbcUrl("jdbc-secretsmanager:postgresql://" + System.getenv("DATABASE_ADDRESS") + "?sslmode=disable");
        config.setUsername(System.getenv("DB_SECRET_ID"));
        config.setConnectionTimeout(connectionTimeoutMillis);
        return new HikariDataSource(config);
    }
}
