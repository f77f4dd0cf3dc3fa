package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Sends read-only transactions to the reader, and everything else to the database. */
final class ReadOnlyRouting {

    static final String PROPERTY = "wellhead.spring.read-only-transactions";

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.spring");

    /** The bean of Spring Boot that keeps the session of JPA open for the whole request. */
    private static final String OPEN_IN_VIEW = "openEntityManagerInViewInterceptor";

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

    /** Warns if JPA keeps the connection of the first transaction of a request for those that follow. */
    static void checkOpenInView(BeanFactory beans) {
        if (beans.containsBean(OPEN_IN_VIEW)) {
            LOG.warn(
                    "{} is 'reader', and spring.jpa.open-in-view is on. JPA then uses one connection for all transactions of a"
                            + " request, so a transaction that writes fails if it follows a read-only one. Set spring.jpa.open-in-view"
                            + " to false.",
                    PROPERTY);
        }
    }

    /** {@return a data source that acquires a connection for the first statement, when the transaction is known} */
    static LazyConnectionDataSourceProxy of(Database database) {
        LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(database);
        proxy.setReadOnlyDataSource(database.reader());
        return proxy;
    }
}
