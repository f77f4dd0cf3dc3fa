package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Sends read-only transactions to the reader, and everything else to the database. */
final class ReadOnlyRouting {

    static final String PROPERTY = "wellhead.spring.read-only-transactions";

    private static final List<String> VALUES = List.of("primary", "reader");

    private ReadOnlyRouting() {}

    /** {@return a problem if the property has another value; nothing would open the database then} */
    static List<Problem> check(Environment environment, PropertyNames properties) {
        String value = environment.getProperty(PROPERTY, "primary");
        if (VALUES.stream().anyMatch(value::equalsIgnoreCase)) {
            return List.of();
        }
        PropertyNames.Found found = properties.find(PROPERTY);
        String key = found == null ? PROPERTY : found.name();
        return List.of(Problem.of(
                ProblemCode.INVALID_VALUE,
                key,
                key + " is neither primary nor reader.",
                found == null ? List.of() : List.of(found.origin()),
                List.of("Use one of: primary, reader.")));
    }

    /** {@return a data source that acquires a connection for the first statement, when the transaction is known} */
    static LazyConnectionDataSourceProxy of(Database database) {
        LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(database);
        proxy.setReadOnlyDataSource(database.reader());
        return proxy;
    }
}
