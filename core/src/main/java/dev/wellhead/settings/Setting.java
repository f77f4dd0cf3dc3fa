package dev.wellhead.settings;

import dev.wellhead.internal.types.SettingType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the catalogue ({@link Settings}): a named option with everything there is to say about it. Immutable.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {

    private final String name;
    private final SettingType<T> type;
    private final @Nullable String libpqName;
    private final @Nullable String localDefault;
    private final @Nullable String strictDefault;
    private final boolean sensitive;
    private final String meaning;

    private Setting(
            String name,
            SettingType<T> type,
            @Nullable String libpqName,
            @Nullable String localDefault,
            @Nullable String strictDefault,
            boolean sensitive,
            String meaning) {
        this.name = name;
        this.type = type;
        this.libpqName = libpqName;
        this.localDefault = localDefault;
        this.strictDefault = strictDefault;
        this.sensitive = sensitive;
        this.meaning = meaning;
    }

    public static <T> Setting<T> of(String name, SettingType<T> type, String meaning) {
        return new Setting<>(name, type, null, null, null, false, meaning);
    }

    public Setting<T> libpq(String libpq) {
        return new Setting<>(name, type, libpq, localDefault, strictDefault, sensitive, meaning);
    }

    /** The default of every profile. */
    public Setting<T> defaults(String value) {
        return new Setting<>(name, type, libpqName, value, value, sensitive, meaning);
    }

    /** The default of {@code local} and {@code test}; strict has none. */
    public Setting<T> localDefault(String value) {
        return new Setting<>(name, type, libpqName, value, null, sensitive, meaning);
    }

    public Setting<T> sensitive() {
        return new Setting<>(name, type, libpqName, localDefault, strictDefault, true, meaning);
    }

    /** {@return the name, in camel case, which is also its key in {@code application.conf} and on the builder} */
    public String name() {
        return name;
    }

    /** {@return the environment variable of the unnamed database, such as {@code DB_MAXIMUM_POOL_SIZE}} */
    public String variable() {
        StringBuilder variable = new StringBuilder("DB_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                variable.append('_');
            }
            variable.append(Character.toUpperCase(c));
        }
        return variable.toString();
    }

    /** {@return the key in the database's block of {@code application.conf}} */
    public String configPath() {
        return name;
    }

    /** {@return libpq's name for it, such as {@code connect_timeout}, where libpq has it} */
    public Optional<String> libpqName() {
        return Optional.ofNullable(libpqName);
    }

    /** {@return the default in {@code profile}, as text} */
    public Optional<String> defaultIn(Profile profile) {
        return Optional.ofNullable(profile == Profile.STRICT ? strictDefault : localDefault);
    }

    /** {@return the type with its unit and bounds, for people} */
    public String typeDescription() {
        return type.description();
    }

    /** {@return whether the value is never shown} */
    public boolean isSensitive() {
        return sensitive;
    }

    /** {@return what it does, in a sentence or two} */
    public String meaning() {
        return meaning;
    }

    public SettingType<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
