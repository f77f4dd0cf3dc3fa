package dev.wellhead.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Starts the whole service with a database of this class. Flyway finds it migrated. */
@TestDatabase
@SpringBootTest
class WholeServiceTest {

    @Autowired
    private Accounts accounts;

    @Autowired
    private DataSource dataSource;

    @Test
    void account_isInTheDatabaseOfTheTest(Database database, Connection connection) throws SQLException {
        Accounts.Account opened = accounts.open("Cleo");

        assertThat(accounts.all()).containsExactly(opened);
        assertThat(dataSource).isSameAs(database);
        assertThat(connection.getCatalog()).startsWith("wellhead_test_");
    }
}
