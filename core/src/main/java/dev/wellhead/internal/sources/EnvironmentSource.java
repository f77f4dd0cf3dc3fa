package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.ConnectionUrl;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code DATABASE_URL} and {@code DB_*}, or the variables of a named database. */
final class EnvironmentSource {

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
            values.addAll(ConnectionUrl.parse(Sensitive.of(url), name.urlVariable(), problems));
        }
        boolean portInUrl = isPortIn(values);
        Set<String> known = new HashSet<>(128);
        for (Setting<?> setting : Settings.all()) {
            String variable = name.variable(setting);
            known.add(variable);
            String text = variables.get(variable);
            if (text != null && !text.isBlank() && !isServiceLink(setting, variable, text, portInUrl)) {
                values.add(RawValue.of(setting, text, Origin.Variable.of(variable)));
            }
        }
        new UrlConflicts(problems).check(values);
        new ForeignVariables(name, known, problems, warnings).check(variables);
        return values;
    }

    /** Kubernetes sets DB_PORT=tcp://address:port in every pod if the namespace has a service named db. */
    private boolean isServiceLink(Setting<?> setting, String variable, String text, boolean portInUrl) {
        if (setting != Settings.PORT || !ForeignVariables.isServiceAddress(text)) {
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
}
