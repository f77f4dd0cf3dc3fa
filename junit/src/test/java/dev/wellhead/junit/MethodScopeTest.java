package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each execution of a test method has a database of its own. */
@TestDatabase(migrations = TestTables.class, scope = Scope.METHOD)
class MethodScopeTest {

    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    @TestDatabase
    private Database field;

    private final Database ofConstructor;
    private Database ofEach;

    MethodScopeTest(Database database) {
        ofConstructor = database;
    }

    @BeforeEach
    void setUp(Database database) {
        ofEach = database;
    }

    @AfterAll
    static void everyExecution_hadAnotherDatabase() {
        // repetitions, arguments, and the test of the nested class
        assertThat(NAMES).hasSize(3 + 2 + 1);
    }

    @RepeatedTest(3)
    void repetition_hasDatabaseOfItsOwn(Database database) throws SQLException {
        use(database);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void arguments_haveDatabaseOfTheirOwn(int number, Database database) throws SQLException {
        assertThat(number).isPositive();
        use(database);
    }

    @Test
    void connections_areDifferent_databaseIsTheSame(Connection first, Connection second) throws SQLException {
        assertThat(first).isNotSameAs(second);
        assertThat(TestTables.name(first)).isEqualTo(TestTables.name(second)).isEqualTo(TestTables.name(field));
    }

    @Test
    void scopeOfParameter_overridesThatOfTheClass(@TestDatabase(scope = Scope.CLASS) Database shared) {
        assertThat(shared).isNotSameAs(field);
    }

    @Nested
    class Inner {

        @Test
        void nestedTest_hasDatabaseOfItsOwn(Database database) throws SQLException {
            use(database);
        }
    }

    private void use(Database database) throws SQLException {
        assertThat(database).isSameAs(field).isSameAs(ofConstructor).isSameAs(ofEach);
        assertThat(TestTables.count(database)).isOne();
        TestTables.add(database, "committed");
        assertThat(NAMES.add(TestTables.name(database))).isTrue();
    }
}
