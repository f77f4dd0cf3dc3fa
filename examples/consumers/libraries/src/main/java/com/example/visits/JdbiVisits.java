package com.example.visits;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Visits with Jdbi. */
final class JdbiVisits implements Visits {

    private final Jdbi jdbi;

    JdbiVisits(DataSource source) {
        this.jdbi = Jdbi.create(source);
    }

    @Override
    public long add() {
        return jdbi.inTransaction(handle -> {
            handle.execute("insert into visits default values");
            return handle.select("select count(*) from visits")
                    .mapTo(Long.class)
                    .one();
        });
    }
}
