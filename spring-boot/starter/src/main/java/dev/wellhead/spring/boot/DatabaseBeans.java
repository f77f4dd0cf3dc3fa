package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/** Opens the databases of the application with the settings of Spring's {@code Environment}. */
final class DatabaseBeans {

    /** The name of the bean of this class. */
    static final String BEAN = "wellheadDatabases";

    /** The name of the bean of the default database. */
    static final String DATABASE = "database";

    /** The name of the database without a name. */
    static final String DEFAULT = "default";

    private final ConfigurableListableBeanFactory beans;
    private final ConfigurableEnvironment environment;
    private final ObjectProvider<ServiceConnection> connection;
    private final ObjectProvider<DatabaseBuilderCustomizer> customizers;
    private final ObjectProvider<EarlyOpening> early;
    private @Nullable PropertyNames names;

    DatabaseBeans(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            ObjectProvider<ServiceConnection> connection,
            ObjectProvider<DatabaseBuilderCustomizer> customizers,
            ObjectProvider<EarlyOpening> early) {
        this.beans = beans;
        this.environment = environment;
        this.connection = connection;
        this.customizers = customizers;
        this.early = early;
    }

    /** {@return the default database; a service connection decides its server and its user} */
    Database openDefault() throws SQLException {
        ServiceConnection service = connection.getIfAvailable();
        openNamed();
        Database opened = opened();
        if (opened != null) {
            return opened;
        }
        DatabaseBuilder builder = builder(DEFAULT, service);
        if (service == null) {
            new SpringDataSourceProperties(environment, names()).check(builder);
        }
        return builder.open();
    }

    /** {@return the database that was opened in the background; null if there is none} */
    private @Nullable Database opened() throws SQLException {
        EarlyOpening opening = early.getIfAvailable();
        BackgroundStart start = opening == null ? null : opening.start();
        return start == null ? null : start.take(new EnvironmentSettings(environment, names(), null));
    }

    /** A named database that cannot be opened ends the start before JPA and migrations have begun. */
    private void openNamed() {
        for (String bean : beans.getBean(NamedDatabaseBeans.class).names()) {
            if (!beans.getBeanDefinition(bean).isLazyInit()) {
                beans.getBean(bean);
            }
        }
    }

    Database open(String name) throws SQLException {
        return builder(name, null).open();
    }

    Database reader(Database database) {
        return database.reader();
    }

    /** {@return the names of the properties} They are read once, when the first database is opened. */
    private synchronized PropertyNames names() {
        if (names == null) {
            names = PropertyNames.of(environment);
        }
        return names;
    }

    private DatabaseBuilder builder(String name, @Nullable ServiceConnection service) {
        DatabaseBuilder builder =
                Databases.builder().name(name).settings(new EnvironmentSettings(environment, names(), service));
        customizers.orderedStream().forEach(customizer -> customizer.customize(name, builder));
        return builder;
    }
}
