package dev.wellhead.settings;

import java.util.List;

/**
 * One setting with what won and what lost. Safe to print: sensitive values read {@code <redacted>}.
 *
 * @param name the catalogue name, such as {@code maximumPoolSize}
 * @param value the winning value as text, or {@code <redacted>}
 * @param origin where it came from
 * @param shadowed what lost to it, the strongest first
 */
public record ResolvedSetting(String name, String value, Origin origin, List<Shadowed> shadowed) {

    /** Copies the list. */
    public ResolvedSetting {
        shadowed = List.copyOf(shadowed);
    }

    /**
     * A value that lost.
     *
     * @param value as text, or {@code <redacted>}
     * @param origin where it came from
     */
    public record Shadowed(String value, Origin origin) {}
}
