package dev.wellhead.settings;

import dev.wellhead.internal.text.SafeText;
import java.util.List;
import java.util.Objects;

/**
 * One thing about the configuration that the user can fix. No part ever holds a sensitive value.
 *
 * @param code the class of the problem
 * @param setting the key as the user typed it or would type it, such as {@code DB_SSLMODE}
 * @param message what is wrong, in one sentence
 * @param origins where the values came from; empty if no value is involved
 * @param checked the places that were checked for a value that is missing, strongest first; else empty
 * @param fixes what to do, one sentence each
 */
public record Problem(
        ProblemCode code,
        String setting,
        String message,
        List<Origin> origins,
        List<CheckedPlace> checked,
        List<String> fixes) {

    /**
     * A place that was checked for a value.
     *
     * @param place the key or the file, such as {@code DB_HOST}
     * @param result what was found there, such as {@code not set}
     */
    public record CheckedPlace(String place, String result) {

        /** Replaces control characters and other characters that mislead. */
        public CheckedPlace {
            place = SafeText.of(place);
            result = SafeText.sentence(result);
        }
    }

    /** Copies the lists, and replaces control characters and other characters that mislead. */
    public Problem {
        Objects.requireNonNull(code, "code");
        setting = SafeText.of(Objects.requireNonNull(setting, "setting"));
        message = SafeText.sentence(Objects.requireNonNull(message, "message"));
        origins = List.copyOf(origins);
        checked = List.copyOf(checked);
        fixes = SafeText.sentences(fixes);
    }

    /** {@return a problem of values that came from {@code origins}} */
    public static Problem of(
            ProblemCode code, String setting, String message, List<? extends Origin> origins, List<String> fixes) {
        return new Problem(code, setting, message, List.copyOf(origins), List.of(), fixes);
    }

    /**
     * {@return the origins or the checked places as one line of text: {@code From: environment variable DB_SSLMODE},
     * {@code Checked: DB_HOST, DATABASE_URL (not set).}; empty if there are none}
     */
    public String source() {
        StringBuilder text = new StringBuilder();
        for (Origin origin : origins) {
            text.append(text.length() == 0 ? "From: " : "; ").append(origin.description());
        }
        for (int i = 0; i < checked.size(); i++) {
            text.append(i == 0 ? "Checked: " : ", ").append(checked.get(i).place());
            // consecutive places with the same result share it
            boolean last = i + 1 == checked.size();
            if (last || !checked.get(i + 1).result().equals(checked.get(i).result())) {
                text.append(" (").append(checked.get(i).result()).append(last ? ")." : ")");
            }
        }
        return text.toString();
    }
}
