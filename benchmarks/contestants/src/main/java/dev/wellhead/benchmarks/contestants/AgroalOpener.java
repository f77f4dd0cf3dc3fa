package dev.wellhead.benchmarks.contestants;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/** Agroal with pgjdbc. It validates a connection that was idle for longer than HikariCP's 500 ms. */
final class AgroalOpener implements PoolOpener {

    private static final Duration IDLE_BEFORE_VALIDATION = Duration.ofMillis(500);
    private static final int VALIDATION_TIMEOUT_SECONDS = 2;

    @Override
    public DataSource open(PoolSetup setup) throws SQLException {
        return open(
                setup,
                factory("jdbc:" + setup.jdbcUrl())
                        .principal(new NamePrincipal(Objects.requireNonNull(setup.user())))
                        .credential(new SimplePassword(Objects.requireNonNull(setup.staticPassword()))));
    }

    static AgroalConnectionFactoryConfigurationSupplier factory(String jdbcUrl) {
        return new AgroalConnectionFactoryConfigurationSupplier().jdbcUrl(jdbcUrl);
    }

    static DataSource open(PoolSetup setup, AgroalConnectionFactoryConfigurationSupplier factory) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.initialSize(setup.size())
                        .minSize(setup.size())
                        .maxSize(setup.size())
                        .acquisitionTimeout(Duration.ofMillis(PoolSetup.CONNECTION_TIMEOUT_MILLIS))
                        .idleValidationTimeout(IDLE_BEFORE_VALIDATION)
                        .connectionValidator(
                                ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_TIMEOUT_SECONDS))
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory)));
    }
}
