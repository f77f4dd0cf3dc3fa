package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.FileFault;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the service binding of a database in the directory {@code SERVICE_BINDING_ROOT}, which has one directory for each
 * binding. The unnamed database uses the only binding of type {@code postgresql}, or the one that is named
 * {@code default}. A named database uses the binding of its name. Source: Service Binding Specification for Kubernetes,
 * "Workload Projection". Loaded only if the variable is set.
 */
final class ServiceBindings {

    static final String VARIABLE = "SERVICE_BINDING_ROOT";

    private static final Set<String> TYPES = Set.of("postgresql", "postgres");

    /** More bindings than a workload has. */
    private static final int MOST_BINDINGS = 1000;

    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Problems problems;

    ServiceBindings(DatabaseName name, Map<String, String> variables, Problems problems) {
        this.name = name;
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * {@return the values in the binding of the database; empty if there is none}
     *
     * @param isNeeded whether no stronger source has a host, so that an undecided binding is a problem
     */
    List<RawValue> read(boolean isNeeded) {
        try {
            Map<String, Path> bindings = ofPostgres(root());
            Path own = bindings.get(name.value());
            if (own == null && name.isUnnamed() && bindings.size() == 1) {
                own = bindings.values().iterator().next();
            }
            if (own != null) {
                return new ServiceBindingEntries(own, problems).read();
            }
            if (isNeeded && name.isUnnamed() && !bindings.isEmpty()) {
                reportUndecided(bindings);
            }
        } catch (UnreadableFileException e) {
            // platforms set the variable for every container, even if nothing is bound
            if (e.fault() != FileFault.MISSING) {
                report(VARIABLE + " names a path that " + e.reason() + ".", e.fix());
            }
        } catch (InvalidValueException e) {
            report(VARIABLE + " is " + e.getMessage() + ".", e.fixes());
        }
        return List.of();
    }

    private Path root() throws InvalidValueException {
        return SettingValues.directory(variables.getOrDefault(VARIABLE, ""));
    }

    /** {@return the bindings of a PostgreSQL server by their names, in alphabetical order} */
    private static Map<String, Path> ofPostgres(Path root) throws UnreadableFileException {
        Map<String, Path> bindings = new TreeMap<>();
        for (Path binding : RegularFiles.list(root, MOST_BINDINGS)) {
            String bindingName = String.valueOf(binding.getFileName());
            if (!bindingName.startsWith(".") && TYPES.contains(type(binding))) {
                bindings.put(bindingName, binding);
            }
        }
        return bindings;
    }

    private static String type(Path binding) {
        Path file = binding.resolve("type");
        try {
            return RegularFiles.exists(file)
                    ? TextFile.text(file, FileKind.PASSWORD).strip().toLowerCase(Locale.ROOT)
                    : "";
        } catch (UnreadableFileException notForThisProgram) {
            return "";
        }
    }

    private void reportUndecided(Map<String, Path> bindings) {
        StringBuilder names = new StringBuilder();
        for (String binding : bindings.keySet()) {
            names.append(names.length() == 0 ? "" : ", ").append(SafeText.of(binding));
        }
        report(
                "There are " + bindings.size() + " service bindings of PostgreSQL, and none of them is named '"
                        + name.value() + "': " + names + ".",
                "Open the database by the name of its binding, such as Databases.fromEnvironment(\""
                        + SafeText.of(bindings.keySet().iterator().next()) + "\"), or name a binding '" + name.value()
                        + "'.");
    }

    private void report(String message, @Nullable String... fixes) {
        problems.add(ProblemCode.INVALID_SERVICE_BINDING, VARIABLE, message, Origin.Variable.of(VARIABLE), fixes);
    }
}
