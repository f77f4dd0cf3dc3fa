package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import java.sql.SQLException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.ConfigurableEnvironment;
import org.jspecify.annotations.Nullable;

/** Opens the databases of the application with the settings of Spring's {@code Environment}. */
final class DatabaseBeans {

    /** The name of the database without a name. */
    static final String DEFAULT = "default";

    private final ConfigurableEnvironment environment;
    private final ObjectProvider<ServiceConnection> connection;
    private final ObjectProvider<DatabaseBuilderCustomizer> customizers;

    DatabaseBeans(
            ConfigurableEnvironment environment,
            ObjectProvider<ServiceConnection> connection,
            ObjectProvider<DatabaseBuilderCustomizer> customizers) {
        this.environment = environment;
        this.connection = connection;
        this.customizers = customizers;
    }

    /** {@return the default database; a service connection decides its server and its user} */
    Database openDefault() throws SQLException {
        ServiceConnection service = connection.getIfAvailable();
        DatabaseBuilder builder = builder(DEFAULT, service);
        if (service == null) {
            new SpringDataSourceProperties(environment).check(builder);
        }
        return builder.open();
    }

    Database open(String name) throws SQLException {
        return builder(name, null).open();
    }

    private DatabaseBuilder builder(String name, @Nullable ServiceConnection service) {
        DatabaseBuilder builder =
                Databases.builder().name(name).settings(new EnvironmentSettings(environment, service));
        customizers.orderedStream().forEach(customizer -> customizer.customize(name, builder));
        return builder;
    }
}
