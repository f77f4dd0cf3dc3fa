package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.spring.boot.DatabaseBuilderCustomizer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The databases of the application, and what is known about those that the starter has opened. Thread-safe. */
final class ObservedDatabases implements DatabaseBuilderCustomizer {

    private final ConfigurableListableBeanFactory beans;
    private final Map<String, DatabaseVitals> vitals = new ConcurrentHashMap<>();

    ObservedDatabases(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void customize(String database, DatabaseBuilder builder) {
        DatabaseVitals observed = new DatabaseVitals(InstantSource.system());
        vitals.put(database, observed);
        builder.listener(observed);
    }

    /**
     * {@return the databases by their names} Those that are not open yet are opened. A prototype is left out: it is a reader,
     * which another database closes. A database of the application with the name of another one has the name of its bean here.
     */
    Map<String, Database> all() {
        Map<String, Database> found = new TreeMap<>();
        Map<String, Database> sameName = new TreeMap<>();
        for (Map.Entry<String, Database> bean : singletons().entrySet()) {
            Database database = bean.getValue();
            if (found.putIfAbsent(database.settings().name(), database) != null) {
                sameName.put(bean.getKey(), database);
            }
        }
        sameName.forEach(found::putIfAbsent);
        return found;
    }

    /** {@return the beans, the primary one first} */
    private Map<String, Database> singletons() {
        Map<String, Database> singletons = new LinkedHashMap<>();
        Database primary = beans.getBeanProvider(Database.class).getIfUnique();
        for (String bean : beans.getBeanNamesForType(Database.class, false, true)) {
            if (beans.getBean(bean, Database.class) == primary) {
                singletons.put(bean, primary);
            }
        }
        for (String bean : beans.getBeanNamesForType(Database.class, false, true)) {
            singletons.putIfAbsent(bean, beans.getBean(bean, Database.class));
        }
        return singletons;
    }

    /** {@return a check of each database, by the names of {@link #all}} */
    Map<String, DatabaseCheck> checks() {
        Map<String, DatabaseCheck> checks = new LinkedHashMap<>();
        all().forEach((name, database) -> checks.put(
                name,
                // nothing is recorded of a database that the application has opened itself
                new DatabaseCheck(database, vitals.get(database.settings().name()))));
        return checks;
    }

    /** {@return the data sources that Spring Boot would check too and that do not belong to a database, by their beans} */
    Map<String, DataSource> otherDataSources() {
        Map<String, DataSource> others = new LinkedHashMap<>();
        SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, DataSource.class, false, true)
                .forEach((bean, source) -> {
                    if (source instanceof AbstractRoutingDataSource routing) {
                        routing.getResolvedDataSources()
                                .forEach((key, target) -> addOther(bean + '.' + key, target, others));
                    } else {
                        addOther(bean, source, others);
                    }
                });
        return others;
    }

    private static void addOther(String name, DataSource source, Map<String, DataSource> others) {
        boolean isOurs;
        try {
            // also a proxy in front of a database, such as that of read-only transactions
            isOurs = source.isWrapperFor(Database.class);
        } catch (SQLException e) {
            isOurs = false;
        }
        if (!isOurs) {
            others.put(name, source);
        }
    }
}
