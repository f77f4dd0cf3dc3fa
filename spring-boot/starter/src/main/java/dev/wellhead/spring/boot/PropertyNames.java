package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names in the property sources of an {@code Environment}, the strongest first. Sources that cannot list their names
 * are skipped.
 */
final class PropertyNames {

    private static final String BLOCK = "wellhead.databases.";
    private static final String VARIABLES_OF_BLOCK = "WELLHEAD_DATABASES_";

    private static final Pattern INDEX = Pattern.compile("(\\[\\d+]|_\\d+_?)$");

    private final List<Found> found = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();

    private PropertyNames() {}

    static PropertyNames of(ConfigurableEnvironment environment) {
        PropertyNames names = new PropertyNames();
        boolean hasVariables = false;
        for (PropertySource<?> source : environment.getPropertySources()) {
            hasVariables |= source instanceof SystemEnvironmentPropertySource;
        }
        boolean isStronger = hasVariables;
        for (PropertySource<?> source : environment.getPropertySources()) {
            boolean areVariables = source instanceof SystemEnvironmentPropertySource;
            isStronger &= !areVariables;
            Origin.Kind kind = areVariables
                    ? Origin.Kind.ENVIRONMENT_VARIABLE
                    : isStronger ? Origin.Kind.SYSTEM_PROPERTY : Origin.Kind.CONFIGURATION_FILE;
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                names.add(enumerable, kind);
            }
        }
        return names;
    }

    private void add(EnumerablePropertySource<?> source, Origin.Kind kind) {
        for (String name : source.getPropertyNames()) {
            found.add(new Found(name, source, kind));
            if (kind == Origin.Kind.ENVIRONMENT_VARIABLE) {
                Object value = source.getProperty(name);
                if (value != null) {
                    variables.putIfAbsent(name, value.toString());
                }
            }
        }
    }

    List<Found> all() {
        return found;
    }

    /** {@return the names of each source, the strongest source first} */
    @SuppressWarnings("ReferenceEquality") // Spring compares sources by their names, which may occur twice
    List<List<Found>> bySource() {
        List<List<Found>> sources = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= found.size(); i++) {
            if (i == found.size() || found.get(i).source() != found.get(start).source()) {
                sources.add(found.subList(start, i));
                start = i;
            }
        }
        return sources;
    }

    /**
     * {@return the strongest place where a property is set, under its relaxed names or as a variable; null if there is none}
     *
     * @param property the name as the documentation writes it; it has no index
     */
    @Nullable
    Found find(String property) {
        return find(property, value -> true);
    }

    /** {@return the strongest place where a list has an item; null if there is none} */
    @Nullable
    Found findItem(String list, String item) {
        return find(list, value -> Stream.of(value.split(",", -1))
                .anyMatch(part -> part.strip().equals(item)));
    }

    private @Nullable Found find(String property, Predicate<String> value) {
        String plain = Suggestions.plain(property);
        for (Found name : found) {
            // wellhead.spring.databases[1], WELLHEAD_SPRING_DATABASES_1
            String withoutIndex = INDEX.matcher(name.name()).replaceFirst("");
            if (Suggestions.plain(withoutIndex).equals(plain) && value.test(name.text())) {
                return name;
            }
        }
        return null;
    }

    /** {@return the environment variables; they may be sensitive} */
    Map<String, String> variables() {
        return variables;
    }

    /** {@return whether a property starts with these words, as a property or as the variable of it} */
    boolean hasNameThatStartsWith(String start) {
        String variable = start.replace('.', '_').toUpperCase(Locale.ROOT);
        for (Found name : found) {
            if (name.name().startsWith(name.isVariable() ? variable : start)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the names of the databases that have properties, in alphabetical order} The end of a name is not known in a variable. */
    Set<String> databases() {
        Set<String> databases = new TreeSet<>();
        for (Found name : found) {
            String database = name.database();
            if (database != null) {
                databases.add(database);
            }
        }
        return databases;
    }

    /**
     * One name.
     *
     * @param name as the user typed it
     * @param source the property source
     * @param kind the kind of source in Wellhead's terms
     */
    record Found(String name, EnumerablePropertySource<?> source, Origin.Kind kind) {

        boolean isVariable() {
            return kind == Origin.Kind.ENVIRONMENT_VARIABLE;
        }

        /** {@return the value as written; empty if there is none} */
        String text() {
            return text(name);
        }

        /** {@return the value of another name in the same source, as written; empty if there is none} */
        String text(String other) {
            Object value = source.getProperty(other);
            return value == null ? "" : value.toString();
        }

        Origin origin() {
            return PropertyOrigins.of(source, name, kind);
        }

        /** {@return the database that the name belongs to; null if it belongs to none, or if a variable has it} */
        private @Nullable String database() {
            int end = !isVariable() && isInBlock() ? name.indexOf('.', BLOCK.length()) : -1;
            return end < 0 ? null : name.substring(BLOCK.length(), end);
        }

        private boolean isInBlock() {
            return name.regionMatches(true, 0, BLOCK, 0, BLOCK.length());
        }

        /** {@return the key below the block of the database; null if the name is not in it} */
        @Nullable
        String pathIn(String database) {
            if (!isVariable()) {
                return isInBlock() && name.startsWith(database + ".", BLOCK.length())
                        ? name.substring(BLOCK.length() + database.length() + 1)
                        : null;
            }
            // as Spring Boot maps variables to properties: without hyphens, and an underscore for a dot
            String start = VARIABLES_OF_BLOCK + database.replace("-", "").toUpperCase(Locale.ROOT) + "_";
            if (!name.startsWith(start)) {
                return null;
            }
            String path = name.substring(start.length());
            return path.startsWith("DRIVER_") ? "driver." + path.substring("DRIVER_".length()) : path;
        }
    }
}
