package dev.wellhead.cli.service;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The environment variables, as the services read them. */
final class ServiceVariables {

    private final Map<String, String> variables;

    ServiceVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** {@return the value without spaces around it; empty if it is unset or blank} May be sensitive. */
    String value(String variable) {
        return variables.getOrDefault(variable, "").strip();
    }

    /** {@return the first of the variables that has a value; null if none has} */
    @Nullable
    String firstOf(String... names) {
        for (String name : names) {
            if (!value(name).isEmpty()) {
                return name;
            }
        }
        return null;
    }

    /** {@return what is before the key in the names of the variables that end in it, such as {@code SESSIONS_}} */
    Set<String> prefixesOf(String key) {
        Set<String> prefixes = new TreeSet<>();
        for (String variable : variables.keySet()) {
            if (variable.endsWith(key)) {
                add(prefixes, variable, variable.length() - key.length());
            }
        }
        return prefixes;
    }

    /** {@return the same for the variables whose names differ from the key in one letter, after its first word} */
    Set<String> prefixesOfMisspelt(String key) {
        String start = key.substring(0, key.indexOf('_') + 1);
        Set<String> prefixes = new TreeSet<>();
        for (String variable : variables.keySet()) {
            int end = variable.lastIndexOf(start);
            if (end >= 0 && Suggestions.distance(variable.substring(end), key) == 1) {
                add(prefixes, variable, end);
            }
        }
        return prefixes;
    }

    private void add(Set<String> prefixes, String variable, int length) {
        String prefix = variable.substring(0, length);
        if ((prefix.isEmpty() || prefix.matches("[A-Z][A-Z0-9_]*_"))
                && !value(variable).isEmpty()) {
            prefixes.add(prefix);
        }
    }

    /** {@return the name that a prefix stands for, such as {@code sessions}} */
    static String nameOf(String prefix) {
        return prefix.isEmpty()
                ? DatabaseName.UNNAMED
                : prefix.substring(0, prefix.length() - 1)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    /** {@return the service at the URL in a variable; with a defect and without an address if it is no valid URL} */
    NamedService service(ServiceKind kind, ServiceProtocol protocol, String variable, List<String> schemes) {
        ServiceAddress address = ServiceAddress.parse(value(variable));
        if (address == null || !schemes.contains(address.scheme())) {
            // the value is not shown, because it may contain a password
            return NamedService.withoutAddress(
                    kind,
                    protocol,
                    "unknown address",
                    Origin.Variable.of(variable),
                    new ServiceDefect(
                            variable + " is not a valid URL that begins with " + prefixes(schemes) + ".",
                            "Correct " + variable + ". In a password, write the characters / ? # as %2F %3F %23.",
                            true));
        }
        return NamedService.at(kind, protocol, address, "", Origin.Variable.of(variable));
    }

    private static String prefixes(List<String> schemes) {
        List<String> prefixes = schemes.stream().map(scheme -> scheme + "://").toList();
        int last = prefixes.size() - 1;
        return String.join(", ", prefixes.subList(0, last)) + " or " + prefixes.get(last);
    }
}
