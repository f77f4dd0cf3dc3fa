package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.names.NearMisses;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.internal.url.LibpqVariables;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.SettingsSource.SuppliedProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every source, the strongest first. */
public final class SourceReader {

    private static final List<Setting<?>> PASSWORD_SOURCES = List.of(
            Settings.PASSWORD,
            Settings.PASSWORD_FILE,
            Settings.PASSWORD_COMMAND,
            Settings.SECRET_FILE,
            Settings.SECRET_ID,
            Settings.AUTH,
            Settings.SSLKEY);

    private final SettingsRequest request;
    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Problems problems;
    private final List<String> warnings = new ArrayList<>();
    private boolean isEnvironmentInvalid;

    public SourceReader(SettingsRequest request, DatabaseName name, Problems problems) {
        this.request = request;
        this.name = name;
        this.variables = request.variables();
        this.problems = problems;
    }

    public SourceContents read() {
        Environment environment = Environments.of(variables, problems, warnings);
        isEnvironmentInvalid = !problems.isEmpty();
        List<RawValue> values = new ArrayList<>();
        readOverrides(values);
        List<SuppliedProperty> supplied = request.supplied();
        if (supplied == null) {
            values.addAll(new SystemPropertySource(name, problems).read(request.properties()));
            values.addAll(new EnvironmentSource(name, variables, problems, warnings).read());
            if (hasForcedVariable()) {
                values.addAll(new ForcedVariables(variables, request.properties()).read(name, problems, warnings));
            }
            values.addAll(ConfigurationFile.read(name, variables, request.properties(), problems));
        } else {
            readWithFramework(supplied, values);
        }
        boolean isOfDatabases = name.catalogue().isOfDatabases();
        if (isOfDatabases && isSet(ServiceBindings.VARIABLE)) {
            boolean isNeeded = !isConfigured(Settings.HOST, values);
            values.addAll(new ServiceBindings(name, variables, problems).read(isNeeded));
        }
        if (values.isEmpty() && !name.isUnnamed()) {
            new NearMisses(name, variables).reportSimilarName(problems);
        }
        if (isOfDatabases && name.isUnnamed()) {
            if (isSet("PGSERVICE")) {
                values.addAll(ServiceFile.read(variables, problems));
            }
            values.addAll(LibpqVariables.read(variables, problems));
        } else if (isOfDatabases && isSet("PGPASSFILE")) {
            // libpq's variables apply to the whole process; only the lines of a password file name a server
            values.add(RawValue.of(
                    Settings.PASSFILE,
                    variables.getOrDefault("PGPASSFILE", ""),
                    Origin.Variable.ofLibpq("PGPASSFILE")));
        }
        List<NearMiss> unread = unread(values);
        if (!environment.isStrict() && !unread.isEmpty() && !isServerConfigured(values)) {
            String warning = NearMiss.message(ofThisDatabase(unread));
            if (!warning.isEmpty()) {
                warnings.add(warning);
            }
        }
        return new SourceContents(
                name,
                environment,
                isSet(Environments.VARIABLE),
                List.copyOf(values),
                LibpqFiles.of(isOfDatabases ? variables : Map.of()),
                request.trustAnchors(),
                request.areCredentialsSupplied(),
                ApplicationName.derive(request),
                isSet(name.urlVariable()) || isSet(name.urlVariable() + "_FILE"),
                isIncomplete(),
                unread,
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

    /** The properties of a framework replace system properties and the configuration file, and have their ranks. */
    private void readWithFramework(List<SuppliedProperty> supplied, List<RawValue> values) {
        List<RawValue> weaker = new ArrayList<>();
        for (RawValue value : new SuppliedProperties(name, problems).read(supplied)) {
            boolean isStronger = value.origin().kind().compareTo(Origin.Kind.ENVIRONMENT_VARIABLE) < 0;
            (isStronger ? values : weaker).add(value);
        }
        values.addAll(new EnvironmentSource(name, variables, problems, warnings).read());
        values.addAll(weaker);
    }

    private boolean hasForcedVariable() {
        for (String variable : variables.keySet()) {
            if (variable.startsWith(ForcedVariables.PREFIX)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a source names the server, or a secret that may name it} */
    private static boolean isServerConfigured(List<RawValue> values) {
        return isConfigured(Settings.HOST, values)
                || isConfigured(Settings.SECRET_ID, values)
                || isConfigured(Settings.SECRET_FILE, values);
    }

    private static boolean isConfigured(@Nullable Setting<?> setting, List<RawValue> values) {
        for (RawValue raw : values) {
            if (raw.setting() == setting) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyConfigured(List<Setting<?>> settings, List<RawValue> values) {
        for (Setting<?> setting : settings) {
            if (isConfigured(setting, values)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the near misses of settings that no source has} The variables are searched only if one is missing. */
    private List<NearMiss> unread(List<RawValue> values) {
        if (isConfigured(Settings.HOST, values)
                && isConfigured(Settings.NAME, values)
                && isConfigured(Settings.USER, values)
                && isAnyConfigured(PASSWORD_SOURCES, values)) {
            return List.of();
        }
        List<NearMiss> unread = new ArrayList<>(0);
        for (NearMiss nearMiss : new NearMisses(name, variables).all()) {
            if (nearMiss.setting() != null && !isConfigured(nearMiss.setting(), values)) {
                unread.add(nearMiss);
            }
        }
        return List.copyOf(unread);
    }

    private static List<NearMiss> ofThisDatabase(List<NearMiss> unread) {
        List<NearMiss> own = new ArrayList<>(unread.size());
        for (NearMiss nearMiss : unread) {
            if (!nearMiss.ofUnnamedDatabase()) {
                own.add(nearMiss);
            }
        }
        return own;
    }

    private boolean isSet(String variable) {
        String text = variables.get(variable);
        return text != null && !text.isBlank();
    }

    /** {@return whether a source is invalid, so that values which seem to be missing may be in it} */
    private boolean isIncomplete() {
        return problems.contains(ProblemCode.INVALID_URL)
                || problems.contains(ProblemCode.INVALID_SERVICE)
                || problems.contains(ProblemCode.INVALID_SERVICE_BINDING)
                || problems.contains(ProblemCode.UNUSABLE_FILE)
                || problems.contains(ProblemCode.INVALID_CONFIGURATION_FILE)
                || problems.contains(ProblemCode.NEAR_MISS)
                || isEnvironmentInvalid;
    }
}
