package dev.wellhead.spi;

import dev.wellhead.settings.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the settings that led to a failure, as the first line of a message shows them. */
final class SettingNames {

    private SettingNames() {}

    /**
     * {@return the names, such as {@code  (host and port in DATABASE_URL)} or {@code  (DB_HOST, default port)}, with a
     * leading blank; empty if there are none} A value that was computed is named only if no other is.
     *
     * @param reason the text before them; a name that it contains is not repeated
     */
    static String inParentheses(List<Origin> origins, String reason) {
        Map<String, List<String>> byPlace = new LinkedHashMap<>();
        Origin derived = null;
        for (Origin origin : origins) {
            if (origin.kind() == Origin.Kind.DERIVED) {
                derived = derived == null ? origin : derived;
            } else if (!reason.contains((word(origin) + " " + place(origin)).strip())) {
                byPlace.computeIfAbsent(place(origin), place -> new ArrayList<>(2))
                        .add(word(origin));
            }
        }
        List<String> names = new ArrayList<>(byPlace.size());
        byPlace.forEach((place, words) ->
                names.add(place.isEmpty() ? String.join(", ", words) : enumeration(words) + " " + place));
        if (names.isEmpty() && derived instanceof Origin.OfSetting computed) {
            names.add(computed.setting() + ": " + computed.origin().description());
        }
        return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
    }

    private static String enumeration(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    private static String place(Origin origin) {
        return origin instanceof Origin.OfSetting ? origin.place().orElse("") : "";
    }

    private static String word(Origin origin) {
        if (!(origin instanceof Origin.OfSetting setting)) {
            return origin.description();
        }
        return switch (origin.kind()) {
            case DEFAULT -> "default " + setting.word();
            case LOCAL_DATABASE -> setting.word() + " of " + setting.origin().description();
            default -> setting.word();
        };
    }
}
