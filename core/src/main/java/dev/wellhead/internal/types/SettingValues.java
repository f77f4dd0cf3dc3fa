package dev.wellhead.internal.types;

import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Parses, formats and describes the values of a setting, according to the kind and the bounds in the catalogue. */
public final class SettingValues {

    private SettingValues() {}

    /**
     * {@return the value}
     *
     * @throws InvalidValueException if the text is not a valid value; the message never contains the text
     */
    @SuppressWarnings("unchecked") // the catalogue declares T to match the kind
    public static <T> T parse(Setting<T> setting, String text) throws InvalidValueException {
        switch (setting.kind()) {
            case PORTS, BOOLEAN, INTEGER, DURATION, CHOICE -> {
                AddedText.reject(text);
                AddedText.rejectComment(text);
            }
            default -> {}
        }
        Object value =
                switch (setting.kind()) {
                    case TEXT -> TextValues.name(setting, text);
                    case SENSITIVE_TEXT -> Sensitive.of(TextValues.text(text));
                    case FILE -> FileValues.file(setting, text);
                    case FILE_OR_PEM -> FileValues.fileOrPem(text);
                    case LIST -> TextValues.list(setting, text);
                    case PORTS -> NumberValues.ports(text);
                    case BOOLEAN -> TextValues.bool(text);
                    case INTEGER -> NumberValues.integer(text, setting.minimum(), setting.maximum());
                    case DURATION -> DurationValues.parse(setting, text);
                    case CHOICE -> ChoiceValues.parse(setting, text);
                    case COMMAND -> CommandValues.parse(text);
                };
        return (T) value;
    }

    /**
     * {@return the path of a directory that a variable names}
     *
     * @throws InvalidValueException if the text is probably not a path; the message never contains the text
     */
    public static Path directory(String text) throws InvalidValueException {
        return FileValues.directory(text);
    }

    /**
     * {@return the path of a file that contains a value}
     *
     * @param text the value of a variable such as {@code DB_USER_FILE}
     * @param variable the variable of the value itself, such as {@code DB_USER}
     * @throws InvalidValueException if the text is probably not a path; the message never contains the text
     */
    public static Path fileOfValue(String text, String variable) throws InvalidValueException {
        return FileValues.fileOfValue(text, variable);
    }

    /** {@return the value as a user would write it; a placeholder if it is sensitive} */
    public static String format(Object value) {
        if (value instanceof Duration duration) {
            return DurationValues.format(duration.toMillis());
        }
        if (!(value instanceof List<?> items)) {
            return value.toString();
        }
        StringBuilder text = new StringBuilder();
        for (Object item : items) {
            text.append(text.length() == 0 ? "" : ",").append(item);
        }
        return text.toString();
    }

    /** {@return what a value is, with unit and bounds: {@code a whole number from 1 to 65535}} */
    public static String describe(Setting<?> setting) {
        return switch (setting.kind()) {
            case INTEGER -> setting.valueDescription() + " from " + setting.minimum() + " to " + setting.maximum();
            case DURATION -> DurationValues.describe(setting);
            case CHOICE -> "one of: " + String.join(", ", ChoiceValues.spellings(setting));
            default -> setting.valueDescription();
        };
    }
}
