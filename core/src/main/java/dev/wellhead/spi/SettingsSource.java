package dev.wellhead.spi;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The configuration of the framework that runs the application, such as Spring's {@code Environment}. It is passed to
 * {@link dev.wellhead.DatabaseBuilder#settings}, and replaces this process's variables, its system properties and
 * {@code application.conf}. libpq's sources, secrets and defaults stay as they are.
 *
 * <p>The methods are called once for each resolution, by the thread that resolves the settings.
 */
public interface SettingsSource {

    /** {@return the environment variables, which are read in place of those of this process} */
    Map<String, String> variables();

    /**
     * {@return the properties below {@code wellhead.databases.<database>}, and variables that are set elsewhere than in the
     * environment, the strongest first} The {@linkplain Origin.Kind kind} of an origin decides which other sources a property
     * overrides. A blank value counts as not set.
     *
     * @param database the name of the database; {@code default} for the unnamed one
     */
    List<Supplied> properties(String database);

    /**
     * {@return where {@code ENVIRONMENT} in {@link #variables} came from; empty if it is an environment variable, or if it is
     * not set}
     */
    default Optional<Origin> environmentOrigin() {
        return Optional.empty();
    }

    /** {@return the name of the application, from which the default of applicationName is derived} */
    default Optional<String> applicationName() {
        return Optional.empty();
    }

    /** What a source of the framework contains for a database. */
    sealed interface Supplied permits SuppliedProperty, SuppliedVariables {}

    /**
     * The variables of one source, such as an imported {@code .env} file. Each has the name of an environment variable as its
     * path, and the same rules apply: {@code DATABASE_URL} and {@code DB_HOST} must not contradict each other, {@code
     * DB_USER_FILE} names a file, and an unknown name that starts with {@code DB_} is a problem. Variables of other programs
     * and of other databases are ignored.
     *
     * @param variables all variables of the source, in any order
     */
    record SuppliedVariables(List<SuppliedProperty> variables) implements Supplied {

        /** Copies the list. */
        public SuppliedVariables {
            variables = List.copyOf(variables);
        }
    }

    /**
     * One property.
     *
     * @param path the key below the block of the database: the name of a setting, {@code driver.} and a property of
     *     pgjdbc, or {@code url} for a connection URL. Letter case, hyphens and underscores are not significant:
     *     {@code maximum-pool-size} is {@code maximumPoolSize}. In {@link SuppliedVariables}, the name of the variable
     * @param value the text, as written
     * @param origin where the text came from
     */
    record SuppliedProperty(String path, Sensitive value, Origin origin) implements Supplied {

        /** Requires all parts. */
        public SuppliedProperty {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(origin, "origin");
        }
    }
}
