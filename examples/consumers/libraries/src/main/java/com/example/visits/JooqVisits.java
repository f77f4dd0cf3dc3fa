package com.example.visits;

import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Visits with jOOQ. */
final class JooqVisits implements Visits {

    private static final Table<Record> VISITS = DSL.table("visits");

    private final DSLContext create;

    JooqVisits(DataSource source) {
        this.create = DSL.using(source, SQLDialect.POSTGRES);
    }

    @Override
    public long add() {
        return create.transactionResult(transaction -> {
            transaction.dsl().insertInto(VISITS).defaultValues().execute();
            return (long) transaction.dsl().fetchCount(VISITS);
        });
    }
}
