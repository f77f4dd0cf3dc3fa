package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Connects Flyway and Liquibase with {@link Database#migrations()} if they would use a {@link Database}: as the role of the
 * settings {@code migration.*} ({@code DB_MIGRATION_USER}), and without a pool. Every other data source is left as it is,
 * such as that of {@code spring.flyway.url}.
 *
 * <p>Spring Boot 4 has the interface of Flyway's customizer in another package, so there is one class for each generation.
 */
@AutoConfiguration(after = WellheadAutoConfiguration.class)
@ConditionalOnClass(Database.class)
@ConditionalOnProperty(name = "wellhead.spring.enabled", matchIfMissing = true)
public class MigrationAutoConfiguration {

    /** Called by Spring. */
    MigrationAutoConfiguration() {}

    /** Flyway in Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.flywaydb.core.Flyway",
                "org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer"
            })
    static class FlywayOfBoot3 {

        /** The first one, so that a customizer of the application can replace the data source. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer wellheadFlywayMigrations() {
            return configuration ->
                    MigrationDataSource.of(configuration.getDataSource()).ifPresent(configuration::dataSource);
        }
    }

    /** Flyway in Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.flywaydb.core.Flyway",
                "org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer"
            })
    static class FlywayOfBoot4 {

        /** The first one, so that a customizer of the application can replace the data source. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer wellheadFlywayMigrations() {
            return configuration ->
                    MigrationDataSource.of(configuration.getDataSource()).ifPresent(configuration::dataSource);
        }
    }

    /** Liquibase, which has no customizer before Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "liquibase.integration.spring.SpringLiquibase")
    static class Liquibase {

        @Bean
        static LiquibaseMigrations wellheadLiquibaseMigrations() {
            return new LiquibaseMigrations();
        }
    }
}
