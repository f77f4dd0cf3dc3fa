package dev.wellhead.internal.types;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parses values of a closed set. Letter case matters, as in libpq. */
public final class ChoiceValues {

    private ChoiceValues() {}

    static Object parse(Setting<?> setting, String text) throws InvalidValueException {
        for (Object choice : setting.choices()) {
            if (choice.toString().equals(text)) {
                return choice;
            }
        }
        String meant = setting.name().equals(Settings.SSLMODE.name()) ? sslMode(text.toLowerCase(Locale.ROOT)) : "";
        throw invalid("not " + setting.valueDescription(), meant.isEmpty() ? text : meant, spellings(setting));
    }

    /** {@return the SSL mode that a word of another client library stands for; empty if it is not known} */
    private static String sslMode(String word) {
        return switch (word) {
            case "no-verify", "no_verify", "noverify", "true", "on", "1", "enable", "enabled", "required" -> "require";
            case "false", "off", "0", "none", "disabled" -> "disable";
            case "preferred" -> "prefer";
            case "verify-identity", "verify_identity", "strict", "full" -> "verify-full";
            default -> "";
        };
    }

    static List<String> spellings(Setting<?> setting) {
        List<String> spellings = new ArrayList<>(setting.choices().size());
        for (Object choice : setting.choices()) {
            spellings.add(choice.toString());
        }
        return spellings;
    }

    /**
     * {@return the exception for a text that is none of {@code spellings}, with the most similar one if there is one}
     */
    public static InvalidValueException invalid(String message, String text, List<String> spellings) {
        String all = "Use one of: " + String.join(", ", spellings) + ".";
        Optional<String> nearest = Suggestions.nearest(text, spellings);
        return nearest.isPresent()
                ? new InvalidValueException(message, "Did you mean '" + nearest.get() + "'?", all)
                : new InvalidValueException(message, all);
    }
}
