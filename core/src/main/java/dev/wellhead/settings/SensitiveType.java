package dev.wellhead.settings;

/** A text that is never shown. */
final class SensitiveType implements SettingType<Sensitive> {

    private final String description;

    SensitiveType(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Sensitive parse(String text) throws InvalidValueException {
        TextType.requireEncodable(text);
        return Sensitive.of(text);
    }
}
