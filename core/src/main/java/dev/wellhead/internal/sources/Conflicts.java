package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A URL and a variable that disagree on one setting: neither overrides the other, so the user has to say. */
public final class Conflicts {

    private final Problems problems;

    public Conflicts(Problems problems) {
        this.problems = problems;
    }

    /** @param values of the environment, those of the URL first */
    public void check(List<RawValue> values) {
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
            T first = setting.type().parse(text(left));
            return first.equals(setting.type().parse(text(right)));
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
