package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import jakarta.persistence.EntityManager;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@ExtendWith(OutputCaptureExtension.class)
class ReadOnlyTransactionsTest {

    private static final String POOL = "select current_setting('default_transaction_read_only')";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("wellhead.databases.default.url=" + Start.url());

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    @Import(Transactions.class)
    static class Application {}

    @Service
    static class Transactions {

        private final JdbcTemplate jdbc;
        private final EntityManager entities;

        Transactions(JdbcTemplate jdbc, EntityManager entities) {
            this.jdbc = jdbc;
            this.entities = entities;
        }

        @Transactional(readOnly = true)
        public <T> T read(Function<JdbcTemplate, T> work) {
            return work.apply(jdbc);
        }

        @Transactional
        public <T> T write(Function<JdbcTemplate, T> work) {
            return work.apply(jdbc);
        }

        @Transactional(readOnly = true)
        public Object readEntities(String sql) {
            return entities.createNativeQuery(sql).getSingleResult();
        }

        @Transactional
        public Object writeEntities(String sql) {
            return entities.createNativeQuery(sql).getSingleResult();
        }
    }

    @Test
    void readOnlyTransactions_useTheReader_ifConfigured() {
        runner.withPropertyValues("wellhead.spring.read-only-transactions=reader").run(context -> {
            assertThat(context).hasNotFailed();
            Transactions transactions = context.getBean(Transactions.class);

            assertThat(transactions.read(ReadOnlyTransactionsTest::pool)).isEqualTo("on");
            assertThat(transactions.write(ReadOnlyTransactionsTest::pool)).isEqualTo("off");
            assertThat(transactions.readEntities(POOL)).isEqualTo("on");
            assertThat(transactions.writeEntities(POOL)).isEqualTo("off");
            assertThat(context.getBean(DataSource.class).unwrap(HikariDataSource.class))
                    .isSameAs(context.getBean(Database.class).unwrap(HikariDataSource.class));
        });
    }

    @Test
    void readOnlyTransactions_useThePrimary_byDefault() {
        runner.run(context -> assertThat(context.getBean(Transactions.class).read(ReadOnlyTransactionsTest::pool))
                .isEqualTo("off"));
    }

    @Test
    void readOnlyTransactions_onTheReader_withOpenInView_areAWarning(CapturedOutput output) {
        runWeb("true");

        assertThat(output)
                .containsOnlyOnce("wellhead.spring.read-only-transactions is 'reader', and spring.jpa.open-in-view is on. JPA"
                        + " then uses one connection for all transactions of a request, so a transaction that writes fails if"
                        + " it follows a read-only one. Set spring.jpa.open-in-view to false.");
    }

    @Test
    void readOnlyTransactions_onTheReader_withoutOpenInView_areNoWarning(CapturedOutput output) {
        runWeb("false");

        assertThat(output).contains(":: Spring Boot ::").doesNotContain("open-in-view");
    }

    private static void runWeb(String openInView) {
        Start.of(Application.class)
                .web()
                .variable("DATABASE_URL", Start.url())
                .argument("server.port", "0")
                .argument("server.address", "127.0.0.1")
                .argument("spring.flyway.enabled", "false")
                .argument("spring.jpa.open-in-view", openInView)
                .argument("wellhead.spring.read-only-transactions", "reader")
                .run()
                .close();
    }

    @Test
    void otherValue_isRefused() {
        runner.withPropertyValues("wellhead.spring.read-only-transactions=standby")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("wellhead.spring.read-only-transactions is neither primary nor reader.")
                        .hasMessageContaining("From: wellhead.spring.read-only-transactions (test)"));
    }

    @Test
    void otherValue_inAVariable_isReportedWithItsName() {
        Throwable failure = catchThrowable(() -> Start.of(Application.class)
                .variable("WELLHEAD_SPRING_READONLYTRANSACTIONS", "standby")
                .run()
                .close());

        assertThat(failure)
                .hasMessageContaining("WELLHEAD_SPRING_READONLYTRANSACTIONS is neither primary nor reader.")
                .hasMessageContaining("From: environment variable WELLHEAD_SPRING_READONLYTRANSACTIONS");
    }

    /** Only the sessions of the reader are read-only by default. */
    private static String pool(JdbcTemplate jdbc) {
        return String.valueOf(jdbc.queryForObject(POOL, String.class));
    }
}
