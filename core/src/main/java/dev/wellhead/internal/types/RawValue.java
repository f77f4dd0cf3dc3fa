package dev.wellhead.internal.types;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;

/**
 * What one source says about one setting, before it is decided whether that counts. The text is hidden whether or not
 * the setting is sensitive: it may be anything a user typed in the wrong place.
 *
 * @param setting what is set
 * @param text as written, neither blank nor trimmed
 * @param origin the exact spot, such as {@code "environment variable DB_HOST"}
 */
public record RawValue(Setting<?> setting, Sensitive text, Origin origin) {

    public static RawValue of(Setting<?> setting, String text, Origin.Kind kind, String origin) {
        return new RawValue(setting, Sensitive.of(text), new Origin(kind, origin));
    }
}
