package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.settings.Settings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ConnectionDetailsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    static class Application {

        @Bean
        ContainerDetails postgresContainer() {
            return new ContainerDetails();
        }
    }

    @Test
    void connectionDetails_decideServerAndUser_overEveryOtherSource() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "wellhead.databases.default.url=postgresql://other@db.invalid/shop",
                        "wellhead.databases.default.maximum-pool-size=4",
                        "spring.datasource.url=jdbc:postgresql://elsewhere/shop")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Database database = context.getBean(Database.class);
                    assertThat(database.settings().explain(Settings.HOST).orElseThrow().origin().description())
                            .isEqualTo("host in url (JdbcConnectionDetails 'postgresContainer')");
                    assertThat(database.settings().user()).isEqualTo("postgres");
                    assertThat(context.getBean(EarlyOpening.class).start())
                            .as("opened before the service")
                            .isNull();
                    assertThat(database.settings().get(Settings.MAXIMUM_POOL_SIZE)).isEqualTo(4);
                });
    }
}
