package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Handles the server options in {@code options} that the startup message of the driver overrides: as parameters of their
 * own, they apply after the options. An option that is also a setting becomes the value of that setting, as in libpq,
 * which sends no such parameter. Used only if options are set.
 */
final class OverriddenOptions {

    private final DecisionState state;
    private final RawValue from;
    private final List<String> words;

    OverriddenOptions(DecisionState state, RawValue from) {
        this.state = state;
        this.from = from;
        this.words = words(from.text().reveal());
    }

    void decide() {
        derive("timezone", Settings.TIME_ZONE);
        derive("application_name", Settings.APPLICATION_NAME);
        require("datestyle", "iso");
        require("client_encoding", "utf8");
    }

    private void derive(String option, Setting<?> setting) {
        String value = value(option);
        if (value != null && !value.isBlank() && !state.values().isConfigured(setting)) {
            state.values().derive(setting, value, new Origin.Derived("follows from " + from.key()), state.problems());
        }
    }

    /** The driver can read only this value. */
    private void require(String option, String required) {
        String value = value(option);
        if (value != null && !value.toLowerCase(Locale.ROOT).replace("-", "").startsWith(required)) {
            state.problems()
                    .add(
                            ProblemCode.INVALID_VALUE,
                            from,
                            from.key() + " sets " + option + ", but the driver supports only "
                                    + required.toUpperCase(Locale.ROOT) + ".",
                            "Remove the option " + option + ".");
        }
    }

    /** Returns the last value of an option: {@code -c name=value}, {@code -cname=value} or {@code --name=value}. */
    private @Nullable String value(String option) {
        @Nullable String value = null;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String assignment = "";
            if (word.equals("-c") && i + 1 < words.size()) {
                assignment = words.get(++i);
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                assignment = word.substring(2);
            }
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? "" : assignment.substring(0, equals).replace('-', '_');
            if (name.equalsIgnoreCase(option)) {
                value = assignment.substring(equals + 1);
            }
        }
        return value;
    }

    /** Splits at blanks as the server does: a backslash takes the next character as it is. */
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                i += c == '\\' && i + 1 < options.length() ? 1 : 0;
                word.append(options.charAt(i));
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
