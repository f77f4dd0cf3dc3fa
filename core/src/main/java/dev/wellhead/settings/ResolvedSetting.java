package dev.wellhead.settings;

import dev.wellhead.internal.text.SafeText;
import java.util.List;

/**
 * A setting with its value and the values it overrides. Safe to print: sensitive values are {@code <redacted>}.
 *
 * @param name the name in the catalogue, such as {@code maximumPoolSize}
 * @param value the value as text, or {@code <redacted>}
 * @param origin where the value came from
 * @param shadowed the overridden values, the strongest first
 */
public record ResolvedSetting(String name, String value, Origin origin, List<Shadowed> shadowed) {

    /** Copies the list, and replaces control characters and other characters that mislead in the value. */
    public ResolvedSetting {
        value = SafeText.value(value);
        shadowed = List.copyOf(shadowed);
    }

    /**
     * An overridden value.
     *
     * @param value as text, or {@code <redacted>}
     * @param origin where the value came from
     */
    public record Shadowed(String value, Origin origin) {

        /** Replaces control characters and other characters that mislead in the value. */
        public Shadowed {
            value = SafeText.value(value);
        }
    }
}
