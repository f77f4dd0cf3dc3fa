package dev.wellhead.settings;

/** What an environment's name implies: defaults and how strict TLS is. */
public enum Profile {
    /** {@code local}, {@code dev}, {@code development}: a developer's machine, with defaults. */
    LOCAL,
    /** {@code test}, {@code ci}: an automated test, with the same defaults. */
    TEST,
    /** Everything else, a misspelt name included: no defaults for where and who, TLS always. */
    STRICT
}
