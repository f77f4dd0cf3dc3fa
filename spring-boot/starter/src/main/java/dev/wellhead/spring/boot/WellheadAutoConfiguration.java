package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Opens the default database as the primary {@link DataSource}, unless the application has a data source of its own, and
 * the named databases beside it. Runs before Spring Boot's own auto-configuration of a data source, which then backs off.
 *
 * <p>The beans are {@code database} (a {@link Database}) and {@code reader}; for each named database {@code ledger},
 * {@code ledgerDatabase} with the qualifier {@code ledger}, and {@code ledgerReader}. Only {@code database} is injected
 * without a qualifier. Spring closes them after the beans that use them.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnClass({Database.class, LazyConnectionDataSourceProxy.class})
@ConditionalOnProperty(name = "wellhead.spring.enabled", matchIfMissing = true)
@Import({
    ServiceConnections.OfBoot3.class,
    ServiceConnections.OfBoot4.class,
    WellheadAutoConfiguration.DefaultDatabase.class,
    NamedDatabases.class
})
public class WellheadAutoConfiguration {

    /** Called by Spring. */
    WellheadAutoConfiguration() {}

    @Bean(DatabaseBeans.BEAN)
    DatabaseBeans wellheadDatabases(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            ObjectProvider<ServiceConnection> connection,
            ObjectProvider<DatabaseBuilderCustomizer> customizers,
            ObjectProvider<EarlyOpening> early) {
        return new DatabaseBeans(beans, environment, connection, customizers, early);
    }

    /** The database without a name. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DataSource.class)
    static class DefaultDatabase {

        @Bean
        static EarlyOpening wellheadEarlyOpening() {
            return new EarlyOpening();
        }

        @Bean(name = DatabaseBeans.DATABASE, destroyMethod = "close")
        @Primary
        @ConditionalOnProperty(name = ReadOnlyRouting.PROPERTY, havingValue = "primary", matchIfMissing = true)
        Database database(DatabaseBeans databases) throws SQLException {
            return databases.openDefault();
        }

        /**
         * A prototype, so that it is created only where it is injected: Spring Boot's health and meters use every singleton
         * that is a data source, and would open the pool of the reader. The database closes its reader.
         */
        @Bean(name = "reader", destroyMethod = "", defaultCandidate = false)
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        Database reader(Database database) {
            return database.reader();
        }

        /** Sends read-only transactions to the reader: a connection is acquired when its first statement is created. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnProperty(name = ReadOnlyRouting.PROPERTY, havingValue = "reader")
        static class Routing {

            @Bean(name = DatabaseBeans.DATABASE, destroyMethod = "close")
            Database database(DatabaseBeans databases) throws SQLException {
                return databases.openDefault();
            }

            @Bean
            @Primary
            LazyConnectionDataSourceProxy dataSource(Database database, BeanFactory beans) {
                ReadOnlyRouting.checkOpenInView(beans);
                return ReadOnlyRouting.of(database);
            }
        }
    }
}
