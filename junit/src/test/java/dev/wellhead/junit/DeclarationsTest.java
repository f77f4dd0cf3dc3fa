package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where a database can be declared, and which declaration applies. */
class DeclarationsTest {

    private static final Set<String> OF_SUBCLASSES = ConcurrentHashMap.newKeySet();

    @TestDatabase(migrations = TestTables.class)
    abstract static class Base {

        @TestDatabase
        private Database inherited;

        @Test
        void subclass_hasDatabaseOfItsOwn(Database database) throws SQLException {
            assertThat(database).isSameAs(inherited);
            assertThat(TestTables.count(database)).isOne();
            TestTables.add(database, "committed");
            assertThat(OF_SUBCLASSES.add(TestTables.name(database))).isTrue();
        }
    }

    @Nested
    class FirstSubclass extends Base {}

    @Nested
    class SecondSubclass extends Base {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER})
    @TestDatabase(migrations = TestTables.class)
    @interface AccountsDatabase {}

    @Nested
    @AccountsDatabase
    class MetaAnnotatedClass {

        @Test
        void metaAnnotation_onClass_declaresDatabase(Connection connection) throws SQLException {
            assertThat(TestTables.count(connection)).isOne();
        }
    }

    @Nested
    @SuppressWarnings("NullAway") // knows @TestDatabase, but not the meta-annotation
    class MetaAnnotatedParameter {

        @AccountsDatabase
        private Database field;

        @Test
        void metaAnnotation_onFieldAndParameter_declaresDatabase(@AccountsDatabase Database parameter)
                throws SQLException {
            assertThat(parameter).isSameAs(field);
            assertThat(TestTables.count(parameter)).isOne();
        }
    }

    @Nested
    class SeveralDatabases {

        @TestDatabase(name = "accounts", migrations = TestTables.class)
        private Database accounts;

        @TestDatabase(
                name = "orders",
                scripts = {"orders.sql", "file:src/test/resources/more-orders.sql"})
        private Database orders;

        @Test
        void names_areDatabasesOfTheirOwn(
                @TestDatabase(name = "orders") Database sameOrders,
                @TestDatabase(name = "accounts") Connection connection)
                throws SQLException {
            assertThat(sameOrders).isSameAs(orders).isNotSameAs(accounts);
            assertThat(TestTables.name(connection)).isEqualTo(TestTables.name(accounts));
            assertThat(TestTables.count(connection)).isOne();
            assertThat(orders(orders)).isEqualTo(2);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OneInstance {

        @TestDatabase(migrations = TestTables.class, scope = Scope.METHOD)
        private Database field;

        @Test
        void firstTest_seesTheTemplate() throws SQLException {
            assertThat(TestTables.count(field)).isOne();
            TestTables.add(field, "committed");
        }

        @Test
        void secondTest_seesTheTemplate() throws SQLException {
            assertThat(TestTables.count(field)).isOne();
            TestTables.add(field, "committed");
        }
    }

    @Nested
    class WithoutAttributes {

        @Test
        void nothingOnTheClassPath_isEmptyDatabase(@TestDatabase Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")) {
                row.next();
                assertThat(row.getInt(1)).isZero();
            }
        }
    }

    @TestDatabase(migrations = TestTables.class, scope = Scope.RUN)
    @Nested
    class FirstOfRun {

        @Test
        void scopeRun_database_isThatOfTheOtherClass(Database database) throws SQLException {
            OF_RUN.add(TestTables.name(database));
            assertThat(OF_RUN).hasSize(1);
        }
    }

    @TestDatabase(migrations = TestTables.class, scope = Scope.RUN)
    @Nested
    class SecondOfRun {

        @Test
        void scopeRun_database_isThatOfTheOtherClass(Database database) throws SQLException {
            OF_RUN.add(TestTables.name(database));
            assertThat(OF_RUN).hasSize(1);
        }
    }

    private static final Set<String> OF_RUN = ConcurrentHashMap.newKeySet();

    private static int orders(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count_orders()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
