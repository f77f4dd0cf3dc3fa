package dev.wellhead.settings;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the catalogue ({@link Settings}): a named option with its type, bounds and defaults. Only the catalogue
 * creates and completes entries, so that applications see an immutable object.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {

    /** The kinds of value. The kind decides how the text of a value is parsed. */
    public enum ValueKind {
        /** A text, taken as it is. */
        TEXT,
        /** A text that is never shown. */
        SENSITIVE_TEXT,
        /** The path of a file. */
        FILE,
        /** The path of a file, or PEM text in place of it. */
        FILE_OR_PEM,
        /** Texts separated by commas. */
        LIST,
        /** One port, or one per host, separated by commas. */
        PORTS,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A whole number. */
        INTEGER,
        /** A whole number with a unit: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}. */
        DURATION,
        /** One of {@link Setting#choices()}. */
        CHOICE,
        /** A program and its arguments, with the quotes and backslashes of a shell. */
        COMMAND
    }

    /** The start of the names of the settings that are passed to the driver. */
    static final String DRIVER = "driver.";

    private final String prefix;
    private final String name;
    private final ValueKind kind;
    private final String description;
    private List<T> choices = List.of();
    private long minimum;
    private long maximum;
    private String zero = "";
    private @Nullable String libpqName;
    private @Nullable String localDefault;
    private @Nullable String strictDefault;

    Setting(String name, ValueKind kind, String description) {
        this("DB_", name, kind, description);
    }

    Setting(String prefix, String name, ValueKind kind, String description) {
        this.prefix = prefix;
        this.name = name;
        this.kind = kind;
        this.description = description;
    }

    Setting<T> choices(List<T> values) {
        choices = values;
        return this;
    }

    Setting<T> bounds(long smallest, long largest, String meaningOfZero) {
        minimum = smallest;
        maximum = largest;
        zero = meaningOfZero;
        return this;
    }

    Setting<T> libpq(String libpq) {
        libpqName = libpq;
        return this;
    }

    /** Sets the default of every environment. */
    Setting<T> defaults(String value) {
        localDefault = value;
        strictDefault = value;
        return this;
    }

    /** Sets the default of local and test environments; strict environments have none. */
    Setting<T> localDefault(@Nullable String value) {
        localDefault = value;
        return this;
    }

    /** Sets the default of strict environments. */
    Setting<T> strictDefault(@Nullable String value) {
        strictDefault = value;
        return this;
    }

    /** {@return the name, in camel case, which is also its key in {@code application.conf} and on the builder} */
    public String name() {
        return name;
    }

    /**
     * {@return the environment variable of the unnamed database, such as {@code DB_MAXIMUM_POOL_SIZE} or
     * {@code DB_DRIVER_STRINGTYPE}}
     */
    public String variable() {
        StringBuilder variable = new StringBuilder(prefix);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i < name.length() - 1) {
                variable.append('_');
            }
            variable.append(c == '.' ? '_' : Character.toUpperCase(c));
        }
        return variable.toString();
    }

    /** {@return pgjdbc's name of the property that this setting passes to the driver; empty for other settings} */
    public Optional<String> driverProperty() {
        return name.startsWith(DRIVER) ? Optional.of(name.substring(DRIVER.length())) : Optional.empty();
    }

    /** {@return libpq's name for the setting, such as {@code connect_timeout}; empty if libpq does not have it} */
    public Optional<String> libpqName() {
        return Optional.ofNullable(libpqName);
    }

    /** {@return the default in {@code profile}, as text; empty if there is none} */
    public Optional<String> defaultIn(Profile profile) {
        return Optional.ofNullable(profile == Profile.STRICT ? strictDefault : localDefault);
    }

    /** {@return the kind of value} */
    public ValueKind kind() {
        return kind;
    }

    /** {@return what a value is, such as {@code a role name}; for a choice, what its values are} */
    public String valueDescription() {
        return description;
    }

    /** {@return the allowed values of a choice; empty for other kinds} */
    public List<T> choices() {
        return choices;
    }

    /** {@return the smallest value of an integer or of a duration in milliseconds} */
    public long minimum() {
        return minimum;
    }

    /** {@return the largest value of an integer or of a duration in milliseconds} */
    public long maximum() {
        return maximum;
    }

    /** {@return what a duration of 0 means, such as {@code no limit}; empty if 0 has no special meaning} */
    public String meaningOfZero() {
        return zero;
    }

    /** {@return whether the value is never shown} */
    public boolean isSensitive() {
        return kind == ValueKind.SENSITIVE_TEXT;
    }

    @Override
    public String toString() {
        return name;
    }
}
