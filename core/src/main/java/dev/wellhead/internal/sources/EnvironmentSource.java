package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.ServiceLinks;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code DATABASE_URL} and {@code DB_*}, or the variables of a named database, and the files that they name. */
final class EnvironmentSource {

    /** The start of the variables whose values are passed to the driver. */
    static final String DRIVER = "DRIVER_";

    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Problems problems;
    private final List<String> warnings;

    EnvironmentSource(DatabaseName name, Map<String, String> variables, Problems problems, List<String> warnings) {
        this.name = name;
        this.variables = variables;
        this.problems = problems;
        this.warnings = warnings;
    }

    List<RawValue> read() {
        List<RawValue> values = new ArrayList<>();
        String url = variables.get(name.urlVariable());
        if (url != null && !url.isBlank()) {
            values.addAll(ConnectionUrl.parse(Sensitive.of(url), name.urlVariable(), name.catalogue(), problems));
        }
        boolean portInUrl = isPortIn(values);
        Set<String> known = new HashSet<>(128);
        known.add(name.urlVariable());
        for (Setting<?> setting : name.catalogue().settings()) {
            String variable = name.variable(setting);
            known.add(variable);
            String text = variables.get(variable);
            if (text != null && !text.isBlank() && !isServiceLink(setting, variable, text, portInUrl)) {
                values.add(RawValue.of(setting, text, Origin.Variable.of(variable)));
            }
        }
        if (name.catalogue().isOfDatabases()) {
            readDriverProperties(values, known);
        }
        Set<String> fileVariables = fileVariables(known);
        if (!fileVariables.isEmpty()) {
            values.addAll(new ValueFiles(name, variables, problems).read(fileVariables));
            known.addAll(fileVariables);
        }
        reportConflicts(values);
        new ForeignVariables(name, known, problems, warnings).check(variables);
        return values;
    }

    /** Reads variables such as {@code DB_DRIVER_STRINGTYPE}. One without a property of this name stays unknown. */
    private void readDriverProperties(List<RawValue> values, Set<String> known) {
        String start = name.start() + DRIVER;
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (variable.getKey().startsWith(start) && !variable.getValue().isBlank()) {
                found.put(variable.getKey(), variable.getValue());
            }
        }
        for (Map.Entry<String, String> variable : found.entrySet()) {
            String key = variable.getKey();
            String property = DriverKeys.propertyOf(key.substring(start.length()));
            if (property != null) {
                known.add(key);
                RawValue value =
                        DriverKeys.read(property, key, variable.getValue(), Origin.Variable.of(key), name, problems);
                if (value != null) {
                    values.add(value);
                }
            }
        }
    }

    /** {@return the variables that end in {@code _FILE}, are set, and are no setting themselves} */
    private Set<String> fileVariables(Set<String> known) {
        Set<String> found = new TreeSet<>();
        String ofSettings = name.start();
        String ofUrl = name.urlVariable() + ValueFiles.SUFFIX;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String key = variable.getKey();
            if (key.endsWith(ValueFiles.SUFFIX)
                    && (key.startsWith(ofSettings) || key.equals(ofUrl))
                    && !known.contains(key)
                    && !variable.getValue().isBlank()) {
                found.add(key);
            }
        }
        return found;
    }

    /** Kubernetes sets DB_PORT=tcp://address:port in every pod if the namespace has a service named db. */
    private boolean isServiceLink(Setting<?> setting, String variable, String text, boolean portInUrl) {
        if (setting != Settings.PORT || !ServiceLinks.isAddress(text)) {
            return false;
        }
        if (portInUrl) {
            warnings.add(variable + " is the address of a Kubernetes service and has no effect, because "
                    + name.urlVariable() + " has a port.");
        } else {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    variable,
                    variable + " is the address of a Kubernetes service, which is not a port.",
                    Origin.Variable.of(variable),
                    "Kubernetes sets it for a service with this name. Set enableServiceLinks: false in the pod, "
                            + "or set " + variable + " in the container, which overrides it.");
        }
        return true;
    }

    private static boolean isPortIn(List<RawValue> values) {
        for (RawValue value : values) {
            if (value.setting() == Settings.PORT) {
                return true;
            }
        }
        return false;
    }

    /** Reports settings for which the URL and a variable have different values. Neither overrides the other. */
    private void reportConflicts(List<RawValue> values) {
        Map<Setting<?>, RawValue> first = new HashMap<>();
        List<RawValue> refined = new ArrayList<>(0);
        for (RawValue value : values) {
            RawValue before = first.putIfAbsent(value.setting(), value);
            if (before != null && isRefined(before, value)) {
                refined.add(before);
            } else if (before != null && isRefined(value, before)) {
                // the values of files come after those of variables
                refined.add(value);
            } else if (before != null && !agree(value.setting(), before, value)) {
                problems.add(
                        ProblemCode.CONFLICTING_VALUES,
                        value.key(),
                        before.key() + " and " + value.key() + " have different values.",
                        List.of(before.origin(), value.origin()),
                        "Keep one of them, or set both to the same value."
                                + (ConnectionUrl.isScheme(before) || ConnectionUrl.isScheme(value)
                                        ? " " + name.acceptedUrls()
                                        : ""));
            }
        }
        if (!refined.isEmpty()) {
            values.removeAll(refined);
        }
    }

    /** The scheme of a URL with TLS is refined by an SSL mode that decides how the server is verified. */
    private static boolean isRefined(RawValue partOfUrl, RawValue value) {
        return ConnectionUrl.isScheme(partOfUrl)
                && partOfUrl.text().reveal().equals(SslMode.VERIFY_FULL.value())
                && SslMode.of(value.text().reveal()).orElse(SslMode.DISABLE).isAtLeast(SslMode.REQUIRE);
    }

    private static <T> boolean agree(Setting<T> setting, RawValue left, RawValue right) {
        try {
            T first = SettingValues.parse(setting, text(left));
            return first.equals(SettingValues.parse(setting, text(right)));
        } catch (InvalidValueException e) {
            return left.text().equals(right.text());
        }
    }

    /** Letter case does not matter in host names. */
    private static String text(RawValue raw) {
        String text = raw.text().reveal();
        boolean isHost = raw.setting() == Settings.HOST || raw.setting() == Settings.READER_HOST;
        return isHost ? text.toLowerCase(Locale.ROOT) : text;
    }
}
