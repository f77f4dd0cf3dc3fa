package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Sends read-only transactions to the reader, and everything else to the database. */
final class ReadOnlyRouting {

    private ReadOnlyRouting() {}

    /** {@return a data source that acquires a connection for the first statement, when the transaction is known} */
    static LazyConnectionDataSourceProxy of(Database database) {
        LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(database);
        proxy.setReadOnlyDataSource(database.reader());
        return proxy;
    }
}
