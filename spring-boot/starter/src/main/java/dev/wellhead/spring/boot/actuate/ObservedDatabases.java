package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.spring.boot.DatabaseBuilderCustomizer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The databases of the application, and what is known about those that the starter has opened. Thread-safe. */
final class ObservedDatabases implements DatabaseBuilderCustomizer, BeanFactoryAware {

    private @Nullable ConfigurableListableBeanFactory factory;
    private final Map<String, DatabaseVitals> vitals = new ConcurrentHashMap<>();

    ObservedDatabases() {}

    /** Not injected by its type: Spring would create factories of beans to find out their types. */
    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        factory = (ConfigurableListableBeanFactory) beanFactory;
    }

    private ConfigurableListableBeanFactory beans() {
        return Objects.requireNonNull(factory);
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
        Database primary = beans().getBeanProvider(Database.class).getIfUnique();
        for (String bean : beans().getBeanNamesForType(Database.class, false, true)) {
            if (beans().getBean(bean, Database.class) == primary) {
                singletons.put(bean, primary);
            }
        }
        for (String bean : beans().getBeanNamesForType(Database.class, false, true)) {
            singletons.putIfAbsent(bean, beans().getBean(bean, Database.class));
        }
        return singletons;
    }

    /**
     * {@return a health contributor for each database and for each other data source that Spring Boot would check, by name} The
     * interfaces of contributors have another package in Spring Boot 4.
     *
     * @param ignoreRouting whether routing data sources are left out
     */
    <T> Map<String, T> contributors(
            ShownValues values,
            boolean ignoreRouting,
            Function<DatabaseCheck, T> ofDatabase,
            Function<DataSource, T> ofOther) {
        Map<String, T> contributors = new LinkedHashMap<>();
        all().forEach((name, database) -> contributors.put(
                name,
                // nothing is recorded of a database that the application has opened itself
                ofDatabase.apply(new DatabaseCheck(
                        database, vitals.get(database.settings().name()), values))));
        otherDataSources(ignoreRouting)
                .forEach((name, source) -> contributors.putIfAbsent(name, ofOther.apply(source)));
        return contributors;
    }

    /**
     * {@return the data sources that Spring Boot would check too and that do not belong to a database, by their beans}
     *
     * @param ignoreRouting whether routing data sources are left out
     */
    private Map<String, DataSource> otherDataSources(boolean ignoreRouting) {
        Map<String, DataSource> others = new LinkedHashMap<>();
        SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans(), DataSource.class, false, true)
                .forEach((bean, source) -> {
                    if (ignoreRouting && is(source, AbstractRoutingDataSource.class)) {
                        return;
                    }
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
        // also a proxy in front of a database, such as that of read-only transactions
        if (!is(source, Database.class)) {
            others.put(name, source);
        }
    }

    private static boolean is(DataSource source, Class<?> type) {
        try {
            return type.isInstance(source) || source.isWrapperFor(type);
        } catch (SQLException | RuntimeException e) {
            // a data source of the application may not support the question
            return false;
        }
    }
}
