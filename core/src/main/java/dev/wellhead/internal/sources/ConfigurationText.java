package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.wellhead.internal.types.DurationType;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.ListType;
import dev.wellhead.internal.types.PortsType;
import dev.wellhead.internal.types.SettingType;
import dev.wellhead.settings.Setting;

/** Turns a value of HOCON into the text a user would write for a setting: numbers, booleans, lists, durations. */
public final class ConfigurationText {

    /** The unit names of HOCON, "Units format", and ours. Units below a millisecond are left to be refused. */
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

    /** {@return the text; blank where the value is null and so says nothing} */
    public static String of(Setting<?> setting, ConfigValue value) throws InvalidValueException {
        SettingType<?> type = setting.type();
        if (value instanceof ConfigList list) {
            if (!(type instanceof ListType) && !(type instanceof PortsType)) {
                throw new InvalidValueException("a list where one value belongs", "Write " + type.description() + ".");
            }
            return joined(list);
        }
        String text = scalar(value);
        return type instanceof DurationType ? duration(text) : text;
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

    private static String scalar(ConfigValue value) throws InvalidValueException {
        ConfigValueType type = value.valueType();
        if (type == ConfigValueType.NULL) {
            return "";
        }
        if (type == ConfigValueType.OBJECT || type == ConfigValueType.LIST) {
            throw new InvalidValueException("a block or a list where one value belongs", "Write one value.");
        }
        // as a string typesafe-config keeps a number as it was written
        return value.atKey("value").getString("value");
    }

    /** HOCON allows a blank before the unit and has long names for units. */
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
