package dev.wellhead.junit.internal.clone;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the migration tools that the test declares implicitly: a tool on the class path together with migrations at its
 * usual place. The tools are called by reflection, so that this module works with every version and without them.
 */
final class DetectedMigrations {

    private static final String FLYWAY = "org.flywaydb.core.Flyway";
    private static final String FLYWAY_DIRECTORY = "db/migration";

    private static final String LIQUIBASE = "liquibase.Liquibase";
    private static final String LIQUIBASE_FILE = "db/changelog/db.changelog-master.";
    private static final List<String> LIQUIBASE_FORMATS = List.of("yaml", "yml", "xml", "json", "sql");

    private DetectedMigrations() {}

    /** {@return the detected tool; empty if there is none} */
    static List<MigrationStep> on(ClassLoader loader) throws TestServerException {
        Optional<MigrationStep> flyway = flyway(loader);
        Optional<MigrationStep> liquibase = liquibase(loader);
        if (flyway.isPresent() && liquibase.isPresent()) {
            throw new TestServerException("Both " + flyway.get().description() + " and "
                    + liquibase.get().description()
                    + " are on the class path. Set the attribute migrations of @TestDatabase to a class that runs"
                    + " the right one, or to TestMigrations.None.class for empty databases.");
        }
        return Stream.concat(flyway.stream(), liquibase.stream()).toList();
    }

    private static Optional<MigrationStep> flyway(ClassLoader loader) {
        return has(loader, FLYWAY) && loader.getResource(FLYWAY_DIRECTORY) != null
                ? Optional.of(new FlywayStep(loader))
                : Optional.empty();
    }

    private static Optional<MigrationStep> liquibase(ClassLoader loader) {
        return LIQUIBASE_FORMATS.stream()
                .map(format -> LIQUIBASE_FILE + format)
                .filter(file -> loader.getResource(file) != null && has(loader, LIQUIBASE))
                .findFirst()
                .map(file -> new LiquibaseStep(loader, file));
    }

    private static boolean has(ClassLoader loader, String type) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private record FlywayStep(ClassLoader loader) implements MigrationStep {

        @Override
        public String description() {
            return "Flyway (classpath:" + FLYWAY_DIRECTORY + ")";
        }

        @Override
        public void run(DataSource template) throws Exception {
            Class<?> flyway = Class.forName(FLYWAY, true, loader);
            Object configuration = invoke(flyway.getMethod("configure", ClassLoader.class), null, loader);
            invoke(configuration.getClass().getMethod("dataSource", DataSource.class), configuration, template);
            Object configured = invoke(configuration.getClass().getMethod("load"), configuration);
            invoke(flyway.getMethod("migrate"), configured);
        }
    }

    private record LiquibaseStep(ClassLoader loader, String file) implements MigrationStep {

        @Override
        public String description() {
            return "Liquibase (classpath:" + file + ")";
        }

        @Override
        public void run(DataSource template) throws Exception {
            Class<?> accessor = Class.forName("liquibase.resource.ResourceAccessor", true, loader);
            Class<?> target = Class.forName("liquibase.database.DatabaseConnection", true, loader);
            try (Connection connection = template.getConnection()) {
                Object resources = Class.forName("liquibase.resource.ClassLoaderResourceAccessor", true, loader)
                        .getConstructor(ClassLoader.class)
                        .newInstance(loader);
                Object wrapped = Class.forName("liquibase.database.jvm.JdbcConnection", true, loader)
                        .getConstructor(Connection.class)
                        .newInstance(connection);
                Class<?> liquibase = Class.forName(LIQUIBASE, true, loader);
                Object migrations =
                        liquibase.getConstructor(String.class, accessor, target).newInstance(file, resources, wrapped);
                invoke(liquibase.getMethod("update", String.class), migrations, "");
            }
        }
    }

    private static Object invoke(Method method, @Nullable Object target, Object... arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
