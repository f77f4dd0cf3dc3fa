package dev.wellhead.settings;

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

    /** Copies the list. */
    public ResolvedSetting {
        shadowed = List.copyOf(shadowed);
    }

    /**
     * An overridden value.
     *
     * @param value as text, or {@code <redacted>}
     * @param origin where the value came from
     */
    public record Shadowed(String value, Origin origin) {}
}
