package dev.wellhead.settings;

/** The defaults and the TLS rules of an environment. */
public enum Profile {
    /**
     * {@code local}, {@code dev}, {@code development}: a developer's machine, with defaults for server and credentials.
     */
    LOCAL,
    /** {@code test}, {@code ci}: automated tests, with the same defaults. */
    TEST,
    /** Every other name, even a misspelt one: no defaults for server and credentials, and TLS is required. */
    STRICT
}
