package dev.wellhead.settings;

import java.util.List;
import java.util.Objects;

/**
 * One thing about the configuration that a person can fix. No part ever holds a sensitive value.
 *
 * @param setting the key as the user typed it or would type it, such as {@code DB_SSLMODE}
 * @param message what is wrong, one sentence
 * @param origin where the value came from or where one was looked for; empty where it says nothing
 * @param fixes what to do, one sentence each
 */
public record Problem(String setting, String message, String origin, List<String> fixes) {

    /** Copies the fixes. */
    public Problem {
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(origin, "origin");
        fixes = List.copyOf(fixes);
    }
}
