package dev.wellhead.settings;

import java.util.Locale;

/** The class of a {@link Problem}, for programs. */
public enum ProblemCode {
    /** The name of the database has characters that a name cannot have. */
    INVALID_NAME,
    /** The value is not a valid value of its setting. */
    INVALID_VALUE,
    /** A connection URL cannot be parsed, or a part of it is invalid or not supported. */
    INVALID_URL,
    /** The configuration file cannot be read, parsed or resolved. */
    INVALID_CONFIGURATION_FILE,
    /** The service that {@code PGSERVICE} names is not defined, or its file is invalid. */
    INVALID_SERVICE,
    /** A file that a setting names cannot be read, or its content cannot be used. */
    UNUSABLE_FILE,
    /** The service bindings of the platform cannot be read, or none of them is for this database. */
    INVALID_SERVICE_BINDING,
    /** The key is not the name of a setting. */
    UNKNOWN_SETTING,
    /** A parameter of libpq or pgjdbc that Wellhead does not support. */
    UNSUPPORTED_PARAMETER,
    /** No source has a value that is required. */
    MISSING_VALUE,
    /** No value is set for a named database, but a variable with a similar name is set. */
    NEAR_MISS,
    /** Two values contradict each other. */
    CONFLICTING_VALUES,
    /** More than one source of the password is set. */
    SEVERAL_PASSWORD_SOURCES,
    /** A setting requires another setting that is not set. */
    REQUIRES_SETTING,
    /** The setting requires TLS, or the environment requires a stronger SSL mode. */
    SSL_MODE_TOO_WEAK,
    /** The SSL mode verifies the server, but there is no root certificate. */
    NO_ROOT_CERTIFICATE,
    /** The setting does not work behind the configured pooler. */
    NOT_WITH_POOLER,
    /** No provider for the setting is on the class path, or more than one is. */
    PROVIDER,
    /** A library on the class path is missing, or its version is not supported. */
    LIBRARY;

    /** {@return the code as JSON output spells it, such as {@code invalid-value}} */
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
