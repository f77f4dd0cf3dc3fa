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
    static Parameter supported(String name, Setting<?> setting) {
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
        try {
            String converted = conversion.convert(text);
            return setting == null ? null : RawValue.of(setting, converted, origin);
        } catch (InvalidValueException e) {
            String key = origin.key().orElse(name);
            if (setting == null) {
                problems.add(code(origin), variable(origin), key + " is not supported: " + reason + ".", origin, fix);
            } else {
                problems.add(code(origin), variable(origin), key + " is " + e.getMessage() + ".", origin, e.fixes());
            }
            return null;
        }
    }

    /** {@return the variable that the user has to correct, or that names the file to correct} */
    private String variable(Origin origin) {
        if (origin instanceof Origin.UrlPart part) {
            return part.variable();
        }
        return origin instanceof Origin.LibpqFile ? "PGSERVICE" : origin.key().orElse(name);
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
