package dev.wellhead.internal.url;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection parameter of libpq or pgjdbc: the setting it stands for, or the reason why it is not supported.
 * Immutable.
 */
public final class Parameter {

    private final String name;
    private final @Nullable Setting<?> setting;
    private final Conversion conversion;
    private final String reason;
    private final String fix;

    private Parameter(String name, @Nullable Setting<?> setting, Conversion conversion, String reason, String fix) {
        this.name = name;
        this.setting = setting;
        this.conversion = conversion;
        this.reason = reason;
        this.fix = fix;
    }

    /** A parameter that is a setting with the same values. */
    public static Parameter supported(String name, Setting<?> setting) {
        return supported(name, setting, new Conversion.Unchanged());
    }

    /** A parameter that is a setting with values that are written differently. */
    static Parameter supported(String name, Setting<?> setting, Conversion conversion) {
        return new Parameter(name, setting, conversion, "", "");
    }

    /**
     * A parameter that is rejected.
     *
     * @param reason completes "... is not supported: "
     * @param harmless values that change nothing, and are accepted
     */
    public static Parameter unsupported(String name, String reason, String fix, String... harmless) {
        return new Parameter(name, null, new Conversion.NoEffect(List.of(harmless)), reason, fix);
    }

    String name() {
        return name;
    }

    /** {@return why it is not supported: completes "... is not supported: "; empty if it is} */
    String reason() {
        return reason;
    }

    /** {@return what to do, as a sentence; empty if it is supported} */
    String fix() {
        return fix;
    }

    /** {@return the reason why it is not supported, and what to do, as sentences} */
    String advice() {
        return reason.isEmpty() ? fix : fix.substring(0, fix.length() - 1) + ": " + reason + ".";
    }

    /** {@return the text of the setting that a text of the parameter stands for} */
    String convert(String text) throws InvalidValueException {
        return conversion.convert(text);
    }

    /** {@return the setting, or {@code null} if the parameter is not supported} */
    @Nullable
    Setting<?> setting() {
        return setting;
    }

    /**
     * Reads a value that is not empty.
     *
     * @return the value; {@code null} if it has no effect or if a problem was added
     */
    @Nullable
    public RawValue read(String text, Origin origin, Problems problems) {
        return read(text, origin.key().orElse(name), origin, problems);
    }

    /** @param key the key as the user typed it */
    @Nullable
    RawValue read(String text, String key, Origin origin, Problems problems) {
        try {
            String converted = conversion.convert(text);
            return setting == null ? null : RawValue.of(setting, converted, origin);
        } catch (InvalidValueException e) {
            if (setting == null) {
                problems.add(code(origin), topic(key, origin), key + " is not supported: " + reason + ".", origin, fix);
            } else {
                String keyIs = setting.driverProperty().isPresent() ? keyIs(setting, text, key, origin) : key + " is";
                problems.add(code(origin), topic(key, origin), keyIs + " " + e.getMessage() + ".", origin, e.fixes());
            }
            return null;
        }
    }

    private static String keyIs(Setting<?> driverSetting, String text, String key, Origin origin) {
        String shown = RawValue.of(driverSetting, text, origin).quoted(text);
        return key + " is" + (shown.isEmpty() ? "" : " " + shown + ", which is");
    }

    /** {@return the variable or the key that the user has to correct, or the variable that names the file to correct} */
    private String topic(String key, Origin origin) {
        if (origin instanceof Origin.UrlPart part) {
            return part.variable();
        }
        return origin instanceof Origin.LibpqFile ? "PGSERVICE" : key;
    }

    private ProblemCode code(Origin origin) {
        if (origin instanceof Origin.UrlPart) {
            return ProblemCode.INVALID_URL;
        }
        if (origin instanceof Origin.LibpqFile) {
            return ProblemCode.INVALID_SERVICE;
        }
        return setting == null ? ProblemCode.UNSUPPORTED_PARAMETER : ProblemCode.INVALID_VALUE;
    }
}
