package dev.wellhead.internal.types;

/** Any text PostgreSQL can carry: its protocol ends strings with NUL and speaks UTF-8. */
public final class TextType implements SettingType<String> {

    private final String description;

    public TextType(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String parse(String text) throws InvalidValueException {
        requireEncodable(text);
        return text;
    }

    /** Refuses NUL and halves of surrogate pairs, which would reach the server cut off or as question marks. */
    public static void requireEncodable(String text) throws InvalidValueException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidValueException(
                        "a text with a NUL character", "Take the NUL out: PostgreSQL cannot carry it.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidValueException(
                        "not valid Unicode", "Check the encoding it was written in: UTF-8 cannot carry it.");
            }
        }
    }
}
