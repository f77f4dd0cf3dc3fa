package dev.wellhead.internal.types;

import dev.wellhead.settings.Sensitive;

/** A text that is never shown. */
public final class SensitiveType implements SettingType<Sensitive> {

    private final String description;

    public SensitiveType(String description) {
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
