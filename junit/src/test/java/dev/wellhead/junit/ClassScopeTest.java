package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The tests of a class and its nested classes share one database. */
@TestDatabase(migrations = TestTables.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClassScopeTest {

    private static final Set<String> NAMES = new HashSet<>();

    @TestDatabase
    private static Database ofClass;

    @TestDatabase
    private DataSource ofInstance;

    private final Database ofConstructor;

    private Connection ofEach;

    ClassScopeTest(Database database) {
        ofConstructor = database;
    }

    @BeforeAll
    static void setUp(Connection connection) throws SQLException {
        NAMES.add(TestTables.name(connection));
        NAMES.add(TestTables.name(ofClass));
    }

    @AfterAll
    static void tearDown(Database database) {
        assertThat(database).isSameAs(ofClass);
    }

    @BeforeEach
    void setUpEach(Connection connection) {
        ofEach = connection;
    }

    @Test
    @Order(1)
    void everyField_andParameter_isTheSameDatabase(Database database, DataSource source, @TestDatabase Database same)
            throws SQLException {
        NAMES.add(TestTables.name(ofEach));
        assertThat(NAMES).hasSize(1).allMatch(name -> name.matches("wellhead_test_[0-9a-f]{8}_c[0-9]+"));
        assertThat(ofClass)
                .isSameAs(ofInstance)
                .isSameAs(ofConstructor)
                .isSameAs(database)
                .isSameAs(source)
                .isSameAs(same);
        assertThat(TestTables.count(database)).isOne();
        TestTables.add(database, "committed");
    }

    @Test
    @Order(2)
    void committedRow_nextTest_isPresent(DataSource database) throws SQLException {
        assertThat(TestTables.count(database)).isEqualTo(2);
    }

    @Nested
    class Inner {

        @Test
        void committedRow_nestedClass_isPresent(Database database) throws SQLException {
            assertThat(database).isSameAs(ofInstance);
            assertThat(TestTables.count(database)).isEqualTo(2);
        }
    }

    @Nested
    @TestDatabase(migrations = TestTables.class)
    class AnnotatedInner {

        @TestDatabase
        private Database own;

        @Test
        void annotatedNestedClass_hasDatabaseOfItsOwn(Connection connection) throws SQLException {
            assertThat(TestTables.name(own)).isNotIn(NAMES).isEqualTo(TestTables.name(connection));
            assertThat(TestTables.count(own)).isOne();
            assertThat(own).isNotSameAs(ofInstance);
        }
    }
}
