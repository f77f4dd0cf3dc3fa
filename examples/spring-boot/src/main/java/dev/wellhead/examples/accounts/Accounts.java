package dev.wellhead.examples.accounts;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The accounts in the database. */
@Repository
class Accounts {

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public List<Account> all() {
        return jdbc.sql("SELECT id, name FROM accounts ORDER BY id")
                .query(Account.class)
                .list();
    }

    @Transactional
    public Account open(String name) {
        return jdbc.sql("INSERT INTO accounts (name) VALUES (:name) RETURNING id, name")
                .param("name", name)
                .query(Account.class)
                .single();
    }
}
