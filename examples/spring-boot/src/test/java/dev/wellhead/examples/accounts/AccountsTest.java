package dev.wellhead.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests the queries in a database of this class. Its template has the migrations in {@code db/migration}. */
@TestDatabase
@JdbcTest
@Import(Accounts.class)
class AccountsTest {

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void openedAccount_isListed(@Autowired Database bean, @TestDatabase Database database) {
        Accounts.Account opened = accounts.open("Ben");

        assertThat(accounts.all()).containsExactly(opened);
        assertThat(bean).isSameAs(database);
        assertThat(jdbc.queryForObject("select current_database()", String.class))
                .startsWith("wellhead_test_");
    }
}
