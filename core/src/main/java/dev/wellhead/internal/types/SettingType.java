package dev.wellhead.internal.types;

/**
 * How the text of a setting becomes its value.
 *
 * @param <T> the type of the value
 */
public interface SettingType<T> {

    /** {@return the type with unit and bounds, for people: {@code "a whole number from 1 to 65535"}} */
    String description();

    /**
     * {@return the value}
     *
     * @throws InvalidValueException when the text is no such value; its message never echoes the text
     */
    T parse(String text) throws InvalidValueException;

    /** {@return the value as a user would write it} */
    default String format(T value) {
        return value.toString();
    }
}
