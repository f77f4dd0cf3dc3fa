package dev.wellhead.internal.url;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains a parameter that a URL or a service file cannot have. Loaded only if there is one.
 *
 * @param name decoded
 * @param value decoded
 * @param place where the parameter is: {@code the URL}
 * @param jdbc whether it is the parameter of a {@code jdbc:} URL
 * @param prefix the prefix of the variables of the database
 */
public record UnknownParameter(String name, Sensitive value, String place, boolean jdbc, String prefix) {

    private static final int LONGEST_NAME = 64;

    /**
     * {@return whether the name can be shown} An identifier is not a part of a password: words of letters with separators
     * between them, and digits only at the end.
     */
    public boolean canBeShown() {
        if (ForeignParameters.find(name) != null) {
            return true;
        }
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && (i == 0 || "_-.".indexOf(c) < 0)) {
                return false;
            }
        }
        return end > 0 && name.length() <= LONGEST_NAME;
    }

    /**
     * {@return whether the rest of a password may follow a parameter} It looks like another parameter if the password has
     * an {@code &} or a line break.
     */
    public static boolean isPassword(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("pas")
                || lower.contains("pwd")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("key");
    }

    /** {@return the name with the rest of a sentence, such as {@code x, which is not a parameter of libpq}} */
    public String description() {
        boolean ofOtherKind = meant() == null && nearest().isEmpty() && others().find(name) != null;
        return name + ", which is not a parameter of " + (ofOtherKind ? "this kind of URL" : jdbc ? "pgjdbc" : "libpq");
    }

    /** {@return what to do} No fix contains the value, unless it is a number or one of a few words. */
    public String[] fixes() {
        Parameter foreign = meant();
        if (foreign != null) {
            return new String[] {fix(foreign)};
        }
        Optional<String> nearest = nearest();
        if (nearest.isPresent()) {
            return new String[] {"Did you mean " + nearest.get() + "?"};
        }
        Parameter other = others().find(name);
        if (other != null) {
            Setting<?> setting = other.setting();
            return new String[] {
                setting == null ? other.fix() : fix(other),
                "It belongs to " + (jdbc ? "postgresql://" : "jdbc:postgresql://") + " URLs."
            };
        }
        return new String[] {"Use the parameters of " + (jdbc ? "pgjdbc." : "libpq.")};
    }

    /** {@return the setting that the parameter was probably meant to set; null if there is none} */
    @Nullable
    Setting<?> meantSetting() {
        Parameter foreign = meant();
        Parameter parameter = foreign == null
                ? nearest()
                        .map((jdbc ? PgjdbcParameters.all() : LibpqParameters.all())::find)
                        .orElse(null)
                : foreign;
        return parameter == null ? null : parameter.setting();
    }

    /** Returns the parameter of another library; null if the name is only spelt differently. */
    private @Nullable Parameter meant() {
        Optional<String> nearest = nearest();
        boolean isSpeltDifferently =
                nearest.isPresent() && ForeignParameters.bare(nearest.get()).equals(ForeignParameters.bare(name));
        return isSpeltDifferently ? null : ForeignParameters.find(name);
    }

    private Optional<String> nearest() {
        return (jdbc ? PgjdbcParameters.all() : LibpqParameters.all()).nearest(name);
    }

    private Parameters others() {
        return jdbc ? LibpqParameters.all() : PgjdbcParameters.all();
    }

    private String fix(Parameter parameter) {
        Setting<?> setting = parameter.setting();
        return setting == null
                ? parameter.advice()
                : "Set " + assignment(parameter, setting) + ", and leave " + name + " out of " + place + ".";
    }

    /** {@return the variable, with its value if the value follows from the parameter's and cannot be sensitive} */
    private String assignment(Parameter parameter, Setting<?> setting) {
        String variable = prefix + setting.variable();
        switch (setting.kind()) {
            case BOOLEAN, INTEGER, DURATION, CHOICE -> {
                try {
                    String text = parameter.convert(value.reveal());
                    SettingValues.parse(setting, text);
                    return variable + "=" + text;
                } catch (InvalidValueException notConvertible) {
                    return variable;
                }
            }
            default -> {
                return variable;
            }
        }
    }

    /** {@return what to do about {@code ssl} with another value than {@code true}, in a URL of libpq} */
    static String ofSsl(Sensitive value) {
        return switch (value.reveal()) {
            case "0", "false", "off", "no", "disable" -> "Use sslmode=disable, or leave it out for the default.";
            case "1", "on", "yes", "require", "no-verify" -> "Use sslmode=require.";
            default -> "Use sslmode, such as sslmode=verify-full.";
        };
    }

    /** {@return a constant, because the value may be sensitive} */
    @Override
    public String toString() {
        return "UnknownParameter[<redacted>]";
    }
}
