package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.spring.boot.DatabaseBuilderCustomizer;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** The databases of the application, and what is known about those that the starter has opened. Thread-safe. */
final class ObservedDatabases implements DatabaseBuilderCustomizer {

    /** The ends of the names of beans that are closed with another one, as the auto-configuration names them. */
    private static final String READER = "reader";

    private static final String NAMED_READER = "Reader";

    private final ListableBeanFactory beans;
    private final Map<String, DatabaseVitals> vitals = new ConcurrentHashMap<>();

    ObservedDatabases(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void customize(String database, DatabaseBuilder builder) {
        DatabaseVitals observed = new DatabaseVitals(InstantSource.system());
        vitals.put(database, observed);
        builder.listener(observed);
    }

    /** {@return the databases by their names, without readers; those that are not open yet are opened} */
    Map<String, Database> all() {
        Map<String, Database> found = new TreeMap<>();
        for (String bean : beans.getBeanNamesForType(Database.class)) {
            if (!bean.equals(READER) && !bean.endsWith(NAMED_READER)) {
                Database database = beans.getBean(bean, Database.class);
                found.putIfAbsent(database.settings().name(), database);
            }
        }
        return found;
    }

    /** {@return what the connections of a database have shown; null if the application has opened it itself} */
    @Nullable
    DatabaseVitals vitals(String database) {
        return vitals.get(database);
    }
}
