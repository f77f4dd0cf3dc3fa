package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a user gets who made a mistake. The nested classes are run by the tests of this class only. */
class FailuresTest {

    static final class FailingMigrations implements TestMigrations {

        @Override
        public void migrate(DataSource template) {
            throw new IllegalStateException("the migration is broken");
        }
    }

    @TestDatabase(migrations = FailingMigrations.class)
    static class FailingClassCase {

        @Test
        void first(Database database) {}

        @Test
        void second(Database database) {}
    }

    @TestDatabase(migrations = FailingMigrations.class, scope = Scope.METHOD)
    static class FailingMethodsCase {

        @RepeatedTest(20)
        void test(Database database) {}
    }

    @SuppressWarnings("UnusedVariable")
    static class WrongTypeCase {

        @TestDatabase
        private String field;

        @Test
        void test() {}
    }

    @SuppressWarnings({"UnusedVariable", "NullAway"})
    static class FinalFieldCase {

        @TestDatabase
        private final Database field = null;

        @Test
        void test() {}
    }

    @SuppressWarnings("UnusedVariable")
    static class StaticMethodScopeCase {

        @TestDatabase(scope = Scope.METHOD)
        private static Database field;

        @Test
        void test() {}
    }

    @SuppressWarnings("ClassCanBeStatic")
    class InnerMigrations implements TestMigrations {

        @Override
        public void migrate(DataSource template) {}
    }

    @TestDatabase(migrations = InnerMigrations.class)
    static class InnerMigrationsCase {

        @Test
        void test(Database database) {}
    }

    @Test
    void failedMigration_scopeClass_failsTheClassOnce() {
        List<Throwable> failures = failures(FailingClassCase.class);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure)
                    .hasMessage("The template of the test databases cannot be prepared, because "
                            + FailingMigrations.class.getName()
                            + " failed: java.lang.IllegalStateException: the migration is broken");
            assertThat(failure).hasRootCauseMessage("the migration is broken");
        });
    }

    @Test
    void failedMigration_manyTests_onlyTheFirstHasDetails() {
        List<Throwable> failures = failures(FailingMethodsCase.class);
        assertThat(failures).hasSize(20).allSatisfy(failure -> assertThat(failure)
                .hasMessageContaining("because " + FailingMigrations.class.getName() + " failed"));
        assertThat(failures)
                .filteredOn(failure -> stackTrace(failure).contains("Caused by"))
                .hasSize(1);
        assertThat(failures)
                .filteredOn(failure -> failure.getCause() == null)
                .hasSize(19)
                .allSatisfy(failure -> {
                    assertThat(failure)
                            .message()
                            .endsWith(
                                    "the migration is broken (The first test that needed this database has the details.)");
                    assertThat(stackTrace(failure).lines()).hasSizeLessThan(3);
                });
    }

    @Test
    void fieldOfAnotherType_isNamed() {
        assertThat(failures(WrongTypeCase.class))
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("@TestDatabase cannot set the field field of " + WrongTypeCase.class.getName()
                        + ", because its type is java.lang.String. Use dev.wellhead.Database, javax.sql.DataSource or"
                        + " java.sql.Connection.");
    }

    @Test
    void finalField_isNamed() {
        assertThat(failures(FinalFieldCase.class))
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("@TestDatabase cannot set the field field of " + FinalFieldCase.class.getName()
                        + ", because it is final. Remove 'final'.");
    }

    @Test
    void staticField_scopeMethod_isRefused() {
        assertThat(failures(StaticMethodScopeCase.class))
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("The field field of " + StaticMethodScopeCase.class.getName()
                        + " belongs to no test method, so it cannot have a database with the scope METHOD. Use the scope"
                        + " CLASS, or an instance field or a parameter of a method that runs for each test.");
    }

    @Test
    void migrationsThatCannotBeInstantiated_areNamed() {
        assertThat(failures(InnerMigrationsCase.class))
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("The template of the test databases cannot be prepared, because "
                        + InnerMigrations.class.getName() + " failed: " + InnerMigrations.class.getName()
                        + " cannot be instantiated. Declare a class that is not abstract, and static if it is a member of"
                        + " another class.");
    }

    private static List<Throwable> failures(Class<?> test) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute();
        return Stream.concat(results.containerEvents().failed().stream(), results.testEvents().failed().stream())
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
