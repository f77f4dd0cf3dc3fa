package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.PostgresServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

class NamedDatabasesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("wellhead.databases.default.url=" + Start.url());

    private final String ledgerUrl = Start.url("postgres", PostgresServer.SUPERUSER_PASSWORD, "ledger_of_spring");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    static class Application {

        @Bean
        Injected injected(
                Database database,
                DataSource dataSource,
                @Qualifier("reader") Database reader) {
            return new Injected(database, dataSource, reader);
        }
    }

    record Injected(Database database, DataSource dataSource, Database reader) {}

    record Ledger(Database database, DataSource dataSource, Database reader) {}

    @Configuration(proxyBeanMethods = false)
    static class UserOfLedger {

        @Bean
        Ledger ledger(
                @Qualifier("ledger") Database database,
                @Qualifier("ledger") DataSource dataSource,
                @Qualifier("ledgerReader") Database reader) {
            return new Ledger(database, dataSource, reader);
        }
    }

    @BeforeAll
    static void createDatabase() {
        PostgresServer.shared().createDatabase("ledger_of_spring");
    }

    @Test
    void namedDatabase_isInjectedByItsQualifier_andNowhereElse() {
        runner.withUserConfiguration(UserOfLedger.class)
                .withPropertyValues("wellhead.databases.ledger.url=" + ledgerUrl)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Ledger ledger = context.getBean(Ledger.class);
                    assertThat(new JdbcTemplate(ledger.database())
                                    .queryForObject("select current_database()", String.class))
                            .isEqualTo("ledger_of_spring");
                    assertThat(ledger.dataSource()).isSameAs(ledger.database()).isSameAs(context.getBean("ledgerDatabase"));
                    assertThat(ledger.reader()).isSameAs(ledger.database().reader());
                    assertThat(context.getBean(Injected.class).dataSource())
                            .isSameAs(context.getBean("database"))
                            .isNotSameAs(ledger.database());
                    assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForObject("select current_database()", String.class))
                            .isEqualTo("postgres");
                });
    }

    @Test
    void listedDatabase_isConfiguredByVariables() {
        try (var context = Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .variable("LEDGER_EU_DATABASE_URL", ledgerUrl)
                .argument("wellhead.spring.databases", "ledger-eu")
                .run()) {
            Database ledger = context.getBean("ledgerEuDatabase", Database.class);

            assertThat(new JdbcTemplate(ledger).queryForObject("select current_database()", String.class))
                    .isEqualTo("ledger_of_spring");
        }
    }

    @Test
    void reader_onlyReads() {
        runner.run(context -> {
            Database reader = context.getBean(Injected.class).reader();

            assertThat(new JdbcTemplate(reader).queryForObject("show transaction_read_only", String.class))
                    .isEqualTo("on");
        });
    }

    @Test
    void misspeltDefault_isRefused() {
        runner.withPropertyValues("wellhead.databases.defualt.port=5433")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("wellhead.databases.defualt.port names the database 'defualt', which is"
                                + " similar to 'default'."));
    }

    @Test
    void namesThatDifferOnlyInSeparators_areRefused_withBothNames() {
        runner.withPropertyValues(
                        "wellhead.databases.ledger-eu.url=" + ledgerUrl,
                        "wellhead.spring.databases[0]=orders",
                        "wellhead.spring.databases[1]=ledger_eu")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("The names of databases 'ledger-eu' and 'ledger_eu' differ only in separators"
                                + " and letter case, so variables and beans cannot distinguish them.")
                        .hasMessageContaining("From: wellhead.databases.ledger-eu.url (test); wellhead.spring.databases[1]"
                                + " (test)")
                        .hasMessageContaining("If they are the same database, use one of the names. Otherwise give one of"
                                + " them another name."));
    }

    @ParameterizedTest
    @CsvSource({"reader, default", "ledgerReader, ledger"})
    void nameWithTheQualifierOfAReader_isRefused(String name, String owner) {
        runner.withPropertyValues(
                        "wellhead.databases.ledger.url=" + ledgerUrl, "wellhead.databases." + name + ".url=" + ledgerUrl)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("The database '" + name + "' has the qualifier of the reader of database '"
                                + owner + "'.")
                        .hasMessageContaining("From: wellhead.databases." + name + ".url (test)"));
    }

    @Test
    void invalidName_inTheList_isReportedWithItsOrigin() {
        runner.withPropertyValues("wellhead.spring.databases=orders,le dger")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("wellhead.spring.databases has the name of a database with characters that a"
                                + " name cannot have.")
                        .hasMessageContaining("From: wellhead.spring.databases (test)"));
    }

    @Test
    void settingWithoutADatabase_isRefused() {
        runner.withPropertyValues("wellhead.databases.maximumPoolSize=5", "wellhead.spring.read-only=reader")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("Did you mean wellhead.databases.default.maximumPoolSize?")
                        .hasMessageContaining("wellhead.spring.read-only is not a setting."));
    }
}
