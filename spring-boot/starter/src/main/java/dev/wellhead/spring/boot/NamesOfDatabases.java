package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks the names of databases: each must be valid, and have variables, beans and qualifiers of its own. */
final class NamesOfDatabases {

    /** The end of the qualifier of a database's reader. */
    static final String READER = "Reader";

    /** The qualifier of the reader of the default database. */
    private static final String READER_OF_DEFAULT = "reader";

    private static final int TYPING_ERROR = 2;

    private final Collection<String> names;
    private final PropertyNames properties;
    private final List<Problem> problems = new ArrayList<>();

    /** @param names without {@code default} */
    NamesOfDatabases(Collection<String> names, PropertyNames properties) {
        this.names = names;
        this.properties = properties;
    }

    List<Problem> check() {
        Map<String, List<String>> similar = new TreeMap<>();
        for (String name : names) {
            if (check(name)) {
                similar.computeIfAbsent(Suggestions.plain(name), plain -> new ArrayList<>())
                        .add(name);
            }
        }
        for (List<String> same : similar.values()) {
            if (same.size() > 1) {
                reportSame(same);
            }
        }
        return problems;
    }

    /** {@return whether the name can be used, apart from the names of other databases} */
    private boolean check(String name) {
        String key = key(name);
        if (!DatabaseName.isValid(name)) {
            add(
                    ProblemCode.INVALID_NAME,
                    List.of(name),
                    key + " has the name of a database with characters that a name cannot have.",
                    "Use letters a to z, digits, _ and -, such as ledger or ledger-eu.");
            return false;
        }
        if (Suggestions.distance(name.toLowerCase(Locale.ROOT), DatabaseBeans.DEFAULT) <= TYPING_ERROR) {
            add(
                    ProblemCode.NEAR_MISS,
                    List.of(name),
                    key + " names the database '" + name + "', which is similar to 'default'.",
                    "Did you mean wellhead.databases.default? Otherwise give the database another name.");
            return false;
        }
        checkQualifier(name);
        return true;
    }

    /** A database is injected by its name, so no reader can have the same qualifier. */
    private void checkQualifier(String name) {
        String owner = name.equals(READER_OF_DEFAULT)
                ? DatabaseBeans.DEFAULT
                : name.endsWith(READER) ? name.substring(0, name.length() - READER.length()) : "";
        if (owner.equals(DatabaseBeans.DEFAULT) || names.contains(owner)) {
            add(
                    ProblemCode.INVALID_NAME,
                    List.of(name),
                    "The database '" + name + "' has the qualifier of the reader of database '" + owner + "'.",
                    "Give the database another name.");
        }
    }

    private void reportSame(List<String> same) {
        add(
                ProblemCode.CONFLICTING_VALUES,
                same,
                "The names of databases '" + String.join("' and '", same)
                        + "' differ only in separators and letter case, so variables and beans cannot distinguish them.",
                "If they are the same database, use one of the names. Otherwise give one of them another name.");
    }

    private void add(ProblemCode code, List<String> databases, String message, String fix) {
        List<Origin> origins = new ArrayList<>();
        for (String database : databases) {
            PropertyNames.Found place = place(database);
            if (place != null) {
                origins.add(place.origin());
            }
        }
        String key = key(databases.get(databases.size() - 1));
        problems.add(Problem.of(code, key, message, origins, List.of(fix)));
    }

    private String key(String name) {
        PropertyNames.Found place = place(name);
        return place == null ? NamedDatabases.LIST : place.name();
    }

    /** {@return the strongest property of the database, or else the list that contains its name} */
    private PropertyNames.@Nullable Found place(String name) {
        for (PropertyNames.Found found : properties.all()) {
            if (found.pathIn(name) != null) {
                return found;
            }
        }
        return properties.findItem(NamedDatabases.LIST, name);
    }
}
