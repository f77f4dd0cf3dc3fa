package dev.wellhead.junit.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase;
import dev.wellhead.junit.TestDatabase.Scope;
import dev.wellhead.junit.TestTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The application context of a Spring test uses the database of the test. */
class SpringContextTest {

    private static final List<ConfigurableApplicationContext> CONTEXTS = new CopyOnWriteArrayList<>();

    @Configuration
    static class ApplicationWithDataSource {

        @Bean
        DataSource dataSource() {
            throw new IllegalStateException("the data source of the application must not be created");
        }
    }

    @Configuration
    static class Application {}

    abstract static class ContextCase {

        @Autowired
        private ConfigurableApplicationContext context;

        @Autowired
        private DataSource bean;

        @TestDatabase
        private Database injected;

        @Test
        void context_hasTheDatabaseOfTheTest(Database parameter) throws SQLException {
            assertThat(bean).isSameAs(injected).isSameAs(parameter);
            try (Connection connection = bean.getConnection()) {
                assertThat(connection.getCatalog()).startsWith("wellhead_test_");
            }
            CONTEXTS.add(context);
        }
    }

    @TestDatabase(migrations = TestTables.class)
    @SpringJUnitConfig(Application.class)
    static class FirstCase extends ContextCase {

        @Nested
        class Inner {

            @Test
            void nestedTest_hasTheSameContext(@Autowired ApplicationContext context, @Autowired DataSource bean) {
                assertThat(CONTEXTS).contains((ConfigurableApplicationContext) context);
                assertThat(context.getBean(Database.class)).isSameAs(bean);
            }
        }
    }

    @TestDatabase(migrations = TestTables.class)
    @SpringJUnitConfig(Application.class)
    static class SecondCase extends ContextCase {}

    @TestDatabase(migrations = TestTables.class)
    @SpringJUnitConfig(ApplicationWithDataSource.class)
    static class ReplacedCase extends ContextCase {

        @Test
        void nameOfTheReplacedBean_isThatOfTheDatabase(@Autowired ApplicationContext context, Database database) {
            assertThat(context.getBean("dataSource")).isSameAs(database);
        }
    }

    @TestDatabase(migrations = TestTables.class, scope = Scope.RUN)
    @SpringJUnitConfig(Application.class)
    static class FirstOfRunCase extends ContextCase {}

    @TestDatabase(migrations = TestTables.class, scope = Scope.RUN)
    @SpringJUnitConfig(Application.class)
    static class SecondOfRunCase extends ContextCase {}

    @TestDatabase(migrations = TestTables.class, scope = Scope.METHOD)
    @SpringJUnitConfig(Application.class)
    static class MethodScopeCase {

        @Test
        void test() {}
    }

    @AfterEach
    void clear() {
        CONTEXTS.clear();
    }

    @Test
    void scopeClass_everyClassHasAContext_whichIsClosedWithIt() {
        run(FirstCase.class, SecondCase.class)
                .assertStatistics(tests -> tests.succeeded(3).failed(0));
        assertThat(CONTEXTS).hasSize(2).doesNotHaveDuplicates().noneMatch(ConfigurableApplicationContext::isActive);
    }

    @Test
    void scopeRun_classesShareTheContext() {
        run(FirstOfRunCase.class, SecondOfRunCase.class)
                .assertStatistics(tests -> tests.succeeded(2).failed(0));
        assertThat(CONTEXTS).hasSize(2);
        assertThat(CONTEXTS.get(0)).isSameAs(CONTEXTS.get(1));
    }

    @Test
    void dataSourceOfTheApplication_isReplaced() {
        run(ReplacedCase.class).assertStatistics(tests -> tests.succeeded(2).failed(0));
    }

    @Test
    void scopeMethod_isRefused() {
        assertThat(run(MethodScopeCase.class).failed().stream()).singleElement().satisfies(event -> assertThat(
                        event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow())
                .hasStackTraceContaining("@TestDatabase(scope = METHOD) gives each test method another database,"
                        + " but an application context has one."));
    }

    private static Events run(Class<?>... tests) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");
        for (Class<?> test : tests) {
            builder.selectors(selectClass(test));
        }
        return builder.execute().testEvents();
    }
}
