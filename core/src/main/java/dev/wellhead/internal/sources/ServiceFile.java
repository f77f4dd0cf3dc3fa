package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.FileFault;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.PathText;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads libpq's connection service files: {@code PGSERVICEFILE}, else {@code ~/.pg_service.conf} if it exists, then
 * {@code pg_service.conf} in {@code PGSYSCONFDIR}. The directory that is compiled into libpq differs between
 * distributions and is not read.
 *
 * <p>Source: PostgreSQL documentation, libpq chapter, "The Connection Service File".
 */
public final class ServiceFile {

    private static final String HOW =
            "Define it in one of these files, name a file with PGSERVICEFILE, or remove PGSERVICE.";

    private final Map<String, String> variables;
    private final Problems problems;
    private final List<Problem.CheckedPlace> checked = new ArrayList<>();
    private final Set<String> services = new TreeSet<>();

    private ServiceFile(Map<String, String> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** {@return the values of the service that {@code PGSERVICE} names; empty if it is not set} */
    public static List<RawValue> read(Map<String, String> variables, Problems problems) {
        String service = variables.get("PGSERVICE");
        if (service == null || service.isBlank()) {
            return List.of();
        }
        return new ServiceFile(variables, problems).find(service);
    }

    private List<RawValue> find(String service) {
        String named = variable("PGSERVICEFILE");
        LibpqFiles files = LibpqFiles.of(variables);
        Path first = named == null ? files.serviceFile().orElse(null) : path("PGSERVICEFILE", named);
        if (named != null && first == null) {
            return List.of();
        }
        if (first != null) {
            @Nullable
            List<RawValue> values = section(
                    first,
                    named == null ? files.describe(first) : shown(named, files.describe(first)),
                    service,
                    named != null);
            if (values != null) {
                return values;
            }
        }
        String directory = variable("PGSYSCONFDIR");
        Path system = directory == null ? null : path("PGSYSCONFDIR", directory);
        if (directory != null && system != null) {
            Path file = system.resolve("pg_service.conf");
            @Nullable List<RawValue> values = section(file, shown(directory, file.toString()), service, false);
            if (values != null) {
                return values;
            }
        }
        addUndefined(service);
        return List.of();
    }

    private @Nullable String variable(String name) {
        String text = variables.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    private @Nullable Path path(String variable, String text) {
        Origin origin = Origin.Variable.ofLibpq(variable);
        try {
            PathText.requireExpanded(text);
            return Path.of(text);
        } catch (InvalidValueException e) {
            problems.add(
                    ProblemCode.INVALID_SERVICE, variable, variable + " is " + e.getMessage() + ".", origin, e.fixes());
        } catch (InvalidPathException e) {
            problems.add(
                    ProblemCode.INVALID_SERVICE,
                    variable,
                    variable + " is not a valid path on this system.",
                    origin,
                    "Write the path of an existing file or directory.");
        }
        return null;
    }

    /** A value that is not plausibly a path may be a password or a key, and is not shown. */
    private static String shown(String value, String description) {
        return PathText.isPlausible(value) ? description : "<not shown>";
    }

    /**
     * {@return the values of the service; {@code null} if the file does not define it}
     *
     * @param named whether PGSERVICEFILE names the file; if so, the file must exist
     */
    private @Nullable List<RawValue> section(Path file, String shown, String service, boolean named) {
        List<String> lines;
        try {
            lines = TextFile.lines(file, FileKind.SERVICE_FILE);
        } catch (UnreadableFileException e) {
            if (!named && e.fault() == FileFault.MISSING) {
                checked.add(new Problem.CheckedPlace(shown, "does not exist"));
                return null;
            }
            problems.add(
                    ProblemCode.INVALID_SERVICE,
                    named ? "PGSERVICEFILE" : "PGSERVICE",
                    (named ? "PGSERVICEFILE names " + SafeText.listed(shown) + ", which " : "The service file ")
                            + e.reason() + ".",
                    named ? Origin.Variable.ofLibpq("PGSERVICEFILE") : new Origin.LibpqFile(shown, 0),
                    e.fix());
            return List.of();
        }
        ServiceSection section = new ServiceSection(shown, service, problems);
        if (section.read(lines)) {
            return section.values();
        }
        services.addAll(section.otherServices());
        checked.add(new Problem.CheckedPlace(shown, "does not define it"));
        return null;
    }

    private void addUndefined(String service) {
        Optional<String> nearest = Suggestions.nearest(service, services);
        if (checked.isEmpty()) {
            for (String variable : new String[] {"HOME", "PGSERVICEFILE", "PGSYSCONFDIR"}) {
                checked.add(new Problem.CheckedPlace(variable, "not set"));
            }
        }
        problems.add(new Problem(
                ProblemCode.INVALID_SERVICE,
                "PGSERVICE",
                "PGSERVICE names a service that is not defined.",
                List.of(),
                checked,
                nearest.isPresent() ? List.of("Did you mean '" + nearest.get() + "'?", HOW) : List.of(HOW)));
    }
}
