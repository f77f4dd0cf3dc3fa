package dev.wellhead.internal.types;

import dev.wellhead.internal.text.Suggestions;
import java.util.List;
import java.util.Optional;

/** One of a closed set of spellings. Case matters, as it does to libpq. */
public final class ChoiceType<E extends Enum<E>> implements SettingType<E> {

    private final String complaint;
    private final E[] constants;
    private final String[] spellings;

    public ChoiceType(String complaint, E[] constants, String[] spellings) {
        this.complaint = complaint;
        this.constants = constants;
        this.spellings = spellings;
    }

    @Override
    public String description() {
        return "one of: " + String.join(", ", spellings);
    }

    @Override
    public E parse(String text) throws InvalidValueException {
        for (int i = 0; i < spellings.length; i++) {
            if (spellings[i].equals(text)) {
                return constants[i];
            }
        }
        throw invalid(complaint, text, spellings);
    }

    @Override
    public String format(E value) {
        for (int i = 0; i < constants.length; i++) {
            if (constants[i] == value) {
                return spellings[i];
            }
        }
        throw new IllegalArgumentException("not a constant of this choice");
    }

    public static InvalidValueException invalid(String complaint, String text, String... choices) {
        String all = "Use one of: " + String.join(", ", choices) + ".";
        Optional<String> nearest = Suggestions.nearest(text, List.of(choices));
        return nearest.isPresent()
                ? new InvalidValueException(complaint, "Did you mean '" + nearest.get() + "'?", all)
                : new InvalidValueException(complaint, all);
    }
}
