package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase.Scope;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Classes and methods that run at the same time do not interfere. The nested classes are run by the tests only. */
class ParallelTest {

    private static final int CLASSES = 4;
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    /** All classes are in a test at the same time, each with its own database. */
    private static final CyclicBarrier TOGETHER = new CyclicBarrier(CLASSES);

    @TestDatabase(migrations = TestTables.class)
    abstract static class ClassCase {

        @Test
        void rowsOfOtherClasses_areNotVisible(Database database) throws Exception {
            assertThat(NAMES.add(TestTables.name(database))).isTrue();
            for (int i = 2; i <= 20; i++) {
                TOGETHER.await(120, TimeUnit.SECONDS);
                TestTables.add(database, "row " + i);
                assertThat(TestTables.count(database)).isEqualTo(i);
            }
        }
    }

    static class FirstCase extends ClassCase {}

    static class SecondCase extends ClassCase {}

    static class ThirdCase extends ClassCase {}

    static class FourthCase extends ClassCase {}

    @TestDatabase(migrations = TestTables.class, scope = Scope.METHOD)
    static class MethodsCase {

        @TestDatabase
        private Database field;

        @RepeatedTest(30)
        void rowsOfOtherTests_areNotVisible(Database database) throws SQLException {
            assertThat(database).isSameAs(field);
            TestTables.add(database, "row");
            assertThat(TestTables.count(database)).isEqualTo(2);
        }
    }

    @Test
    void fourClasses_atTheSameTime_areIsolated() {
        run("concurrent", FirstCase.class, SecondCase.class, ThirdCase.class, FourthCase.class)
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(CLASSES).failed(0));
        assertThat(NAMES).hasSize(CLASSES);
    }

    @Test
    void methods_atTheSameTime_areIsolated() {
        run("concurrent", MethodsCase.class).testEvents().assertStatistics(tests -> tests.succeeded(30)
                .failed(0));
    }

    private static org.junit.platform.testkit.engine.EngineExecutionResults run(String mode, Class<?>... classes) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", mode)
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", mode)
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(CLASSES));
        for (Class<?> test : classes) {
            builder.selectors(selectClass(test));
        }
        return builder.execute();
    }
}
