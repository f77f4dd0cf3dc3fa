package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds settings for which the URL and a variable have different values. Neither overrides the other. */
final class UrlConflicts {

    private final Problems problems;

    UrlConflicts(Problems problems) {
        this.problems = problems;
    }

    /** @param values the values of the environment; those of the URL come first */
    void check(List<RawValue> values) {
        Map<Setting<?>, RawValue> first = new HashMap<>();
        for (RawValue value : values) {
            RawValue before = first.putIfAbsent(value.setting(), value);
            if (before != null && !agree(value.setting(), before, value)) {
                problems.add(
                        ProblemCode.CONFLICTING_VALUES,
                        value.key(),
                        before.key() + " and " + value.key() + " have different values.",
                        List.of(before.origin(), value.origin()),
                        "Keep one of them, or set both to the same value.");
            }
        }
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
