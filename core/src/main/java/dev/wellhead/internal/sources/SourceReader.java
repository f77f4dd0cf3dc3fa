package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads every source, the strongest first. */
public final class SourceReader {

    private final SettingsRequest request;
    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Problems problems;
    private final List<String> warnings = new ArrayList<>();

    public SourceReader(SettingsRequest request, DatabaseName name, Problems problems) {
        this.request = request;
        this.name = name;
        this.variables = request.variables();
        this.problems = problems;
    }

    public SourceContents read() {
        Environment environment = Environments.of(variables, problems, warnings);
        List<RawValue> values = new ArrayList<>();
        readOverrides(values);
        values.addAll(new SystemPropertySource(name, problems).read(request.properties()));
        values.addAll(new EnvironmentSource(name, variables, problems, warnings).read());
        if (hasForcedVariable()) {
            values.addAll(new ForcedVariables(variables, request.properties()).read(name, problems, warnings));
        }
        values.addAll(ConfigurationFile.read(name, variables, request.properties(), problems));
        if (values.isEmpty() && !name.isUnnamed()) {
            new NearMisses(name, variables).reportSimilarName(problems);
        }
        if (name.isUnnamed()) {
            if (isSet("PGSERVICE")) {
                values.addAll(ServiceFile.read(variables, problems));
            }
            values.addAll(LibpqVariables.read(variables, problems));
        } else if (isSet("PGPASSFILE")) {
            // libpq's variables apply to the whole process; only the lines of a password file name a server
            values.add(RawValue.of(
                    Settings.PASSFILE,
                    variables.getOrDefault("PGPASSFILE", ""),
                    Origin.Variable.ofLibpq("PGPASSFILE")));
        }
        List<String> hints = hasHost(values) ? List.of() : hints();
        if (name.isUnnamed() && !environment.isStrict()) {
            warnings.addAll(hints);
        }
        return new SourceContents(
                name,
                environment,
                isSet(Environments.VARIABLE),
                List.copyOf(values),
                LibpqFiles.of(variables),
                request.trustAnchors(),
                request.areCredentialsSupplied(),
                ApplicationName.derive(request),
                isSet(name.urlVariable()),
                isIncomplete(),
                hints,
                List.copyOf(warnings));
    }

    private void readOverrides(List<RawValue> values) {
        for (RawValue override : request.overrides()) {
            String property = override.setting().driverProperty().orElse("");
            RawValue value = property.isEmpty()
                    ? override
                    : DriverKeys.read(
                            property, override.key(), override.text().reveal(), override.origin(), name, problems);
            if (value != null) {
                values.add(value);
            }
        }
    }

    private boolean hasForcedVariable() {
        for (String variable : variables.keySet()) {
            if (variable.startsWith(ForcedVariables.PREFIX)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasHost(List<RawValue> values) {
        for (RawValue raw : values) {
            if (raw.setting() == Settings.HOST) {
                return true;
            }
        }
        return false;
    }

    private List<String> hints() {
        if (!name.isUnnamed()) {
            return isSet("PGHOST") || isSet("PGSERVICE")
                    ? List.of("PGHOST and PGSERVICE apply only to the unnamed database.")
                    : List.of();
        }
        List<String> hints = new ArrayList<>(0);
        for (NearMiss nearMiss : new NearMisses(name, variables).ofServer()) {
            hints.add(nearMiss.message());
        }
        return List.copyOf(hints);
    }

    private boolean isSet(String variable) {
        String text = variables.get(variable);
        return text != null && !text.isBlank();
    }

    /** {@return whether a source is invalid, so that values which seem to be missing may be in it} */
    private boolean isIncomplete() {
        return problems.contains(ProblemCode.INVALID_URL)
                || problems.contains(ProblemCode.INVALID_SERVICE)
                || problems.contains(ProblemCode.INVALID_CONFIGURATION_FILE)
                || problems.contains(ProblemCode.NEAR_MISS);
    }
}
