package dev.wellhead.internal.url;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What libpq's or pgjdbc's name of a parameter means here: a setting, something that is so anyway, or a refusal with its
 * reason. Immutable.
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
    public static Parameter means(String name, Setting<?> setting) {
        return means(name, setting, new Conversion.AsIs());
    }

    /** A parameter that is a setting, spelt by other rules. */
    public static Parameter means(String name, Setting<?> setting, Conversion conversion) {
        return new Parameter(name, setting, conversion, "", "");
    }

    /** A parameter that is refused whatever its value; the reason completes "... is not supported:". */
    public static Parameter refused(String name, String reason, String fix) {
        return new Parameter(name, null, new Conversion.NoEffect(List.of()), reason, fix);
    }

    /** A parameter that changes nothing with one of {@code harmless}, and is refused with every other value. */
    public static Parameter refusedUnless(String name, String reason, String fix, String... harmless) {
        return new Parameter(name, null, new Conversion.NoEffect(List.of(harmless)), reason, fix);
    }

    public String name() {
        return name;
    }

    /** {@return the setting it is, or {@code null}} */
    @Nullable
    public Setting<?> setting() {
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
            return setting == null ? null : new RawValue(setting, Sensitive.of(converted), origin);
        } catch (InvalidValueException e) {
            String key = origin.key().orElse(name);
            if (setting == null) {
                problems.add(code(origin), variable(origin), key + " is not supported: " + reason + ".", origin, fix);
            } else {
                problems.add(
                        code(origin),
                        variable(origin),
                        key + " is " + e.getMessage() + ".",
                        origin,
                        e.fixes().toArray(new String[0]));
            }
            return null;
        }
    }

    /** {@return the variable that the user has to correct, or that names the file} */
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
