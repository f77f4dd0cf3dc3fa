package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.Origin;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads every source, the strongest first. */
public final class Sources {

    private final SettingsRequest request;
    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Problems problems;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> hints = new ArrayList<>(0);

    public Sources(SettingsRequest request, DatabaseName name, Problems problems) {
        this.request = request;
        this.name = name;
        this.variables = request.variables();
        this.problems = problems;
    }

    public Facts read() {
        Environment environment = Environments.of(variables, problems, warnings);
        List<RawValue> said = new ArrayList<>(request.overrides());
        said.addAll(new SystemPropertySource(name, problems).read(request.properties()));
        said.addAll(new EnvironmentSource(name, variables, problems, warnings).read());
        said.addAll(ConfigurationFile.read(name, variables, request.properties(), problems));
        if (said.isEmpty() && !name.isUnnamed()) {
            new NearMisses(name, variables).reportSimilarName(problems);
        }
        if (name.isUnnamed()) {
            said.addAll(ServiceFile.read(variables, problems));
            said.addAll(LibpqVariables.read(variables, problems));
        } else {
            said.addAll(passfileVariable());
        }
        hint(said, environment);
        String url = variables.get(name.urlVariable());
        return new Facts(
                name,
                environment,
                List.copyOf(said),
                LibpqFiles.of(variables),
                request.trustAnchors(),
                request.areCredentialsSupplied(),
                ApplicationName.derive(request),
                url != null && !url.isBlank(),
                isIncomplete(),
                List.copyOf(hints),
                List.copyOf(warnings));
    }

    /** libpq's variables count for the process as a whole; of them only the password file tells databases apart. */
    private List<RawValue> passfileVariable() {
        String file = variables.get("PGPASSFILE");
        return file == null || file.isBlank()
                ? List.of()
                : List.of(new RawValue(Settings.PASSFILE, Sensitive.of(file), Origin.Variable.ofLibpq("PGPASSFILE")));
    }

    private void hint(List<RawValue> said, Environment environment) {
        for (RawValue raw : said) {
            if (raw.setting() == Settings.HOST) {
                return;
            }
        }
        if (!name.isUnnamed()) {
            if (isSet("PGHOST") || isSet("PGSERVICE")) {
                hints.add("PGHOST and PGSERVICE apply only to the unnamed database.");
            }
            return;
        }
        for (NearMiss nearMiss : new NearMisses(name, variables).ofServer()) {
            hints.add(nearMiss.message());
        }
        if (!environment.isStrict()) {
            warnings.addAll(hints);
        }
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
