package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.wellhead.internal.types.CommandValues;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import java.util.ArrayList;
import java.util.List;

/** Converts a HOCON value (a number, a boolean, a list, a duration) to the text of a setting. */
final class ConfigurationText {

    /** Units of HOCON ("Units format") and the units of a setting. Units below a millisecond are not converted. */
    private static final String[] UNITS = {
        "milli", "ms",
        "millis", "ms",
        "millisecond", "ms",
        "milliseconds", "ms",
        "second", "s",
        "seconds", "s",
        "minute", "m",
        "minutes", "m",
        "hour", "h",
        "hours", "h",
        "day", "d",
        "days", "d"
    };

    private ConfigurationText() {}

    /** {@return the text; blank if the value is null, which counts as not set} */
    static String of(Setting<?> setting, ConfigValue value) throws InvalidValueException {
        if (value instanceof ConfigList list) {
            if (setting.kind() == ValueKind.COMMAND) {
                return command(list);
            }
            if (setting.kind() != ValueKind.LIST && setting.kind() != ValueKind.PORTS) {
                throw new InvalidValueException(
                        "a list, but one value is expected", "Write " + SettingValues.describe(setting) + ".");
            }
            return joined(list);
        }
        String text = scalar(value);
        return setting.kind() == ValueKind.DURATION ? duration(text) : text;
    }

    private static String joined(ConfigList list) throws InvalidValueException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            String item = scalar(list.get(i));
            if (item.isBlank() || item.indexOf(',') >= 0) {
                throw new InvalidValueException(
                        item.isBlank() ? "a list with an empty item" : "a list with a comma in an item",
                        "Write one item per element.");
            }
            text.append(i == 0 ? "" : ",").append(item);
        }
        return text.toString();
    }

    /** {@return the elements as a command line; an argument may be empty} */
    private static String command(ConfigList list) throws InvalidValueException {
        List<String> words = new ArrayList<>(list.size());
        for (ConfigValue item : list) {
            words.add(scalar(item));
        }
        return CommandValues.text(words);
    }

    private static String scalar(ConfigValue value) throws InvalidValueException {
        ConfigValueType type = value.valueType();
        if (type == ConfigValueType.NULL) {
            return "";
        }
        if (type == ConfigValueType.OBJECT || type == ConfigValueType.LIST) {
            throw new InvalidValueException("a block or a list, but one value is expected", "Write one value.");
        }
        // getString returns a number as it was written
        return value.atKey("value").getString("value");
    }

    /** HOCON allows a blank before the unit and long unit names. */
    private static String duration(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        String unit = text.substring(digits).strip();
        for (int i = 0; i < UNITS.length; i += 2) {
            if (UNITS[i].equals(unit)) {
                return text.substring(0, digits) + UNITS[i + 1];
            }
        }
        return digits == 0 ? text : text.substring(0, digits) + unit;
    }
}
