package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.PostgresServer;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

class BackOffTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("wellhead.databases.default.url=" + Start.url());

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class OwnDataSource {

        @Bean
        HikariDataSource ownDataSource() {
            HikariDataSource source = new HikariDataSource();
            source.setJdbcUrl(PostgresServer.shared().jdbcUrl());
            source.setUsername(PostgresServer.SUPERUSER);
            source.setPassword(PostgresServer.SUPERUSER_PASSWORD);
            return source;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customized {

        @Bean
        DatabaseBuilderCustomizer poolSize() {
            return (database, builder) -> builder.set(Settings.MAXIMUM_POOL_SIZE, "3");
        }
    }

    @Test
    void springBoot_hasTheVersionOfThisModule() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.spring-boot"));
    }

    @Test
    void database_isTheOnlyDataSource_andServesJdbcAndJpa() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanNamesForType(DataSource.class)).containsExactlyInAnyOrder("database", "reader");
            assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean(Database.class));
            assertThat(context.getBean(JdbcTemplate.class).getDataSource()).isSameAs(context.getBean(Database.class));
            assertThat(context.getBean(JdbcClient.class)
                            .sql("select 1")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThat(context).hasSingleBean(EntityManagerFactory.class).hasSingleBean(PlatformTransactionManager.class);
        });
    }

    @Test
    void ownDataSource_replacesTheDatabase() {
        runner.withUserConfiguration(OwnDataSource.class).run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(DataSource.class)
                    .doesNotHaveBean(Database.class)
                    .doesNotHaveBean(EarlyOpening.class);
            assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
        });
    }

    @Test
    void disabled_leavesTheDataSourceToSpringBoot() {
        runner.withPropertyValues(
                        "wellhead.spring.enabled=false",
                        "spring.datasource.url=" + PostgresServer.shared().jdbcUrl(),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=" + PostgresServer.SUPERUSER_PASSWORD)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(HikariDataSource.class)
                        .doesNotHaveBean(Database.class));
    }

    @Test
    void customizer_overridesTheSettings() {
        runner.withUserConfiguration(Customized.class)
                .withPropertyValues("wellhead.databases.default.maximum-pool-size=7")
                .run(context -> assertThat(
                                context.getBean(Database.class).settings().get(Settings.MAXIMUM_POOL_SIZE))
                        .isEqualTo(3));
    }

    @Test
    void lazyInitialization_opensTheDatabaseAtItsFirstUse() {
        // without the migrations and meters of Spring Boot, which use it at the start
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WellheadAutoConfiguration.class))
                .withPropertyValues("wellhead.databases.default.url=" + Start.url())
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    ConfigurableListableBeanFactory beans =
                            context.getSourceApplicationContext().getBeanFactory();
                    assertThat(beans.containsSingleton("database")).isFalse();

                    JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
                    assertThat(jdbc.queryForList("select current_user", String.class))
                            .isEqualTo(List.of("postgres"));
                    assertThat(beans.containsSingleton("database")).isTrue();
                });
    }

    @Test
    void closedContext_closesTheDatabase() {
        runner.run(context -> {
            HikariDataSource pool = context.getBean(Database.class).unwrap(HikariDataSource.class);
            context.close();

            assertThat(pool.isClosed()).isTrue();
        });
    }
}
