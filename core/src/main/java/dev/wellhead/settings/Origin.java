package dev.wellhead.settings;

import dev.wellhead.internal.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exact place a value came from. Each kind of place is a record that holds its facts; {@link #description()} is
 * computed from them. No part is sensitive.
 */
public sealed interface Origin {

    /** The kinds of source. A kind overrides every kind that is declared after it. */
    enum Kind {
        /** Set on the builder. */
        BUILDER,
        /** A system property {@code wellhead.databases.<name>.*}. */
        SYSTEM_PROPERTY,
        /** An environment variable, including {@code DATABASE_URL}. */
        ENVIRONMENT_VARIABLE,
        /** {@code application.conf}. */
        CONFIGURATION_FILE,
        /** The secret that also holds the credentials. */
        SECRET,
        /** A service binding of the platform, in the directory {@code SERVICE_BINDING_ROOT}. */
        SERVICE_BINDING,
        /** libpq's own sources: {@code PG*} variables, the service file, {@code .pgpass}. */
        LIBPQ,
        /** A local database that was started because none was running. */
        LOCAL_DATABASE,
        /** The default of the setting or of the environment. */
        DEFAULT,
        /** Computed from other settings. */
        DERIVED
    }

    /** {@return the kind of source, which decides the precedence} */
    Kind kind();

    /** {@return the place in words, such as {@code environment variable DB_HOST} or {@code application.conf:12}} */
    String description();

    /**
     * {@return the key as the user typed it, such as {@code DB_HOST} or {@code host in DATABASE_URL}; empty if the key
     * is the name of the setting, or if the user typed none}
     */
    default Optional<String> key() {
        return Optional.empty();
    }

    /**
     * {@return the place that contains the value among others, such as {@code in DATABASE_URL}, {@code in
     * application.conf:12} or {@code on the builder}; empty if the value has a name of its own, or if no source has it}
     */
    default Optional<String> place() {
        return Optional.empty();
    }

    /** A value that was set in code, on the builder. */
    record BuilderCall() implements Origin {

        @Override
        public Kind kind() {
            return Kind.BUILDER;
        }

        @Override
        public String description() {
            return "set on the builder";
        }

        @Override
        public Optional<String> place() {
            return Optional.of("on the builder");
        }
    }

    /**
     * A part of a {@code jdbc:wellhead:} URL, or a property that the application passed with it.
     *
     * @param part the part or parameter, such as {@code host} or {@code secretId}; empty for the whole
     * @param whole {@code the JDBC URL} or {@code the connection properties}
     */
    record JdbcUrlPart(String part, String whole) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public JdbcUrlPart {
            part = SafeText.of(part);
        }

        @Override
        public Kind kind() {
            return Kind.BUILDER;
        }

        @Override
        public String description() {
            return part.isEmpty() ? whole : part + " in " + whole;
        }

        @Override
        public Optional<String> key() {
            return Optional.of(description());
        }

        @Override
        public Optional<String> place() {
            return Optional.of("in " + whole);
        }
    }

    /**
     * A system property.
     *
     * @param name the whole name, such as {@code wellhead.databases.default.host}
     */
    record SystemProperty(String name) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public SystemProperty {
            name = SafeText.of(name);
        }

        @Override
        public Kind kind() {
            return Kind.SYSTEM_PROPERTY;
        }

        @Override
        public String description() {
            return "system property " + name;
        }

        @Override
        public Optional<String> key() {
            return Optional.of(name);
        }
    }

    /**
     * A property of the framework that runs the application, such as a property of Spring, or a part of the URL in it.
     *
     * @param name the whole name as the user typed it, such as {@code wellhead.databases.default.maximum-pool-size}
     * @param part the part or parameter of the URL; empty if the whole property is the value
     * @param source the file or another source of properties, such as {@code application.yml} or {@code command line};
     *     empty for the system properties
     * @param line the line, from 1; 0 if it is not known
     * @param kind the kind of source whose precedence the property has
     */
    record ApplicationProperty(String name, String part, String source, int line, Kind kind) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public ApplicationProperty {
            name = SafeText.of(name);
            part = SafeText.of(part);
            source = SafeText.of(source);
        }

        @Override
        public String description() {
            String whole = part.isEmpty() ? name : part + " in " + name;
            if (source.isEmpty()) {
                return whole;
            }
            return whole + " (" + source + (line > 0 ? ":" + line : "") + ")";
        }

        @Override
        public Optional<String> key() {
            return Optional.of(part.isEmpty() ? name : part + " in " + name);
        }

        @Override
        public Optional<String> place() {
            return part.isEmpty() ? Optional.empty() : Optional.of("in " + name);
        }
    }

    /**
     * An environment variable.
     *
     * @param name the name, such as {@code LEDGER_DB_HOST}
     * @param kind {@link Kind#LIBPQ} for libpq's variables ({@code PGHOST}), {@link Kind#CONFIGURATION_FILE} for variables
     *     that override a key of the configuration file ({@code CONFIG_FORCE_*}), else {@link Kind#ENVIRONMENT_VARIABLE}
     */
    record Variable(String name, Kind kind) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public Variable {
            name = SafeText.of(name);
        }

        /** {@return a variable of Wellhead} */
        public static Variable of(String name) {
            return new Variable(name, Kind.ENVIRONMENT_VARIABLE);
        }

        /** {@return a variable of libpq} */
        public static Variable ofLibpq(String name) {
            return new Variable(name, Kind.LIBPQ);
        }

        @Override
        public String description() {
            return "environment variable " + name;
        }

        @Override
        public Optional<String> key() {
            return Optional.of(name);
        }
    }

    /**
     * One part of a connection URL in an environment variable.
     *
     * @param part the part or parameter, by libpq's or pgjdbc's name: {@code host}, {@code sslmode}
     * @param variable the variable that holds the URL, such as {@code DATABASE_URL}
     */
    record UrlPart(String part, String variable) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public UrlPart {
            part = SafeText.of(part);
            variable = SafeText.of(variable);
        }

        @Override
        public Kind kind() {
            return Kind.ENVIRONMENT_VARIABLE;
        }

        @Override
        public String description() {
            return part + " in environment variable " + variable;
        }

        @Override
        public Optional<String> key() {
            return Optional.of(part + " in " + variable);
        }

        @Override
        public Optional<String> place() {
            return Optional.of("in " + variable);
        }
    }

    /**
     * A file that contains a value, or a connection URL with the value in it. An environment variable names the file.
     *
     * @param variable the variable that names the file, such as {@code DB_USER_FILE}
     * @param file the path of the file
     * @param part the part or parameter of the URL; empty if the whole content is the value
     * @param kind the kind of the source that has the variable; {@link Kind#ENVIRONMENT_VARIABLE} unless a framework found it
     *     elsewhere
     */
    record ValueFile(String variable, String file, String part, Kind kind) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public ValueFile {
            variable = SafeText.of(variable);
            file = SafeText.of(file);
            part = SafeText.of(part);
        }

        /** The file of an environment variable. */
        public ValueFile(String variable, String file, String part) {
            this(variable, file, part, Kind.ENVIRONMENT_VARIABLE);
        }

        @Override
        public String description() {
            return (part.isEmpty() ? "" : part + " in ") + "file " + file + " (" + variable + ")";
        }

        @Override
        public Optional<String> key() {
            return Optional.of(part.isEmpty() ? variable : part + " in " + variable);
        }

        @Override
        public Optional<String> place() {
            return part.isEmpty() ? Optional.empty() : Optional.of("in " + variable);
        }
    }

    /**
     * One entry of a service binding, or a part of its URL. Source: Service Binding Specification for Kubernetes,
     * "Workload Projection".
     *
     * @param binding the name of the binding, which is the name of its directory
     * @param entry the name of the entry, which is the name of its file, such as {@code host}
     */
    record ServiceBinding(String binding, String entry) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public ServiceBinding {
            binding = SafeText.of(binding);
            entry = SafeText.of(entry);
        }

        @Override
        public Kind kind() {
            return Kind.SERVICE_BINDING;
        }

        @Override
        public String description() {
            return entry + " in service binding " + binding;
        }

        @Override
        public Optional<String> key() {
            return Optional.of(description());
        }

        @Override
        public Optional<String> place() {
            return Optional.of("in service binding " + binding);
        }
    }

    /**
     * A place in {@code application.conf} or in the file that replaces it.
     *
     * @param file the file, as the configuration library names it
     * @param line the line, from 1; 0 if it is not known
     * @param substitution the variable of {@code ${...}} that supplied the value; {@code null} if the value is written
     *     in the file
     */
    record ConfigurationLine(String file, int line, @Nullable String substitution) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public ConfigurationLine {
            file = SafeText.of(file);
            substitution = substitution == null ? null : SafeText.of(substitution);
        }

        @Override
        public Kind kind() {
            return Kind.CONFIGURATION_FILE;
        }

        @Override
        public String description() {
            String place = line > 0 ? file + ":" + line : file;
            return substitution == null ? place : place + ", from environment variable " + substitution;
        }

        @Override
        public Optional<String> place() {
            return substitution == null ? Optional.of("in " + description()) : Optional.empty();
        }
    }

    /**
     * A file of libpq: the service file, the password file or the root certificate.
     *
     * @param file the file as users write it, such as {@code ~/.pgpass}
     * @param line the line, from 1; 0 for the file as a whole
     */
    record LibpqFile(String file, int line) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public LibpqFile {
            file = SafeText.of(file);
        }

        @Override
        public Kind kind() {
            return Kind.LIBPQ;
        }

        @Override
        public String description() {
            return line > 0 ? file + ":" + line : file;
        }

        @Override
        public Optional<String> place() {
            return line > 0 ? Optional.of("in " + description()) : Optional.empty();
        }
    }

    /**
     * The source of the credentials, or one field of it.
     *
     * @param source the provider's description, such as {@code secret 'prod/ledger'}
     * @param field the field; empty for the source as a whole
     */
    record SecretField(String source, String field) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public SecretField {
            source = SafeText.of(source);
            field = SafeText.of(field);
        }

        @Override
        public Kind kind() {
            return Kind.SECRET;
        }

        @Override
        public String description() {
            return field.isEmpty() ? source : field + " in " + source;
        }

        @Override
        public Optional<String> place() {
            return field.isEmpty() ? Optional.empty() : Optional.of("in " + source);
        }
    }

    /**
     * A local database that was started because none was running.
     *
     * @param server the provider's description, such as {@code embedded PostgreSQL 16}
     */
    record StartedServer(String server) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public StartedServer {
            server = SafeText.of(server);
        }

        @Override
        public Kind kind() {
            return Kind.LOCAL_DATABASE;
        }

        @Override
        public String description() {
            return server;
        }
    }

    /**
     * A default.
     *
     * @param environment the environment that has this default; {@code null} if every environment has it
     */
    record DefaultOf(@Nullable String environment) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public DefaultOf {
            environment = environment == null ? null : SafeText.of(environment);
        }

        @Override
        public Kind kind() {
            return Kind.DEFAULT;
        }

        @Override
        public String description() {
            return environment == null ? "default" : "default for environment '" + environment + "'";
        }
    }

    /**
     * A value that was computed.
     *
     * @param reason why it has this value, such as {@code follows from DB_SSLROOTCERT}
     */
    record Derived(String reason) implements Origin {

        /** Replaces control characters and other characters that mislead. */
        public Derived {
            reason = SafeText.of(reason);
        }

        @Override
        public Kind kind() {
            return Kind.DERIVED;
        }

        @Override
        public String description() {
            return reason;
        }
    }

    /**
     * The origin of a setting that the message does not name.
     *
     * @param setting the name of the setting
     * @param origin where its value came from
     */
    record OfSetting(String setting, Origin origin) implements Origin {

        @Override
        public Kind kind() {
            return origin.kind();
        }

        @Override
        public String description() {
            return setting + " (" + origin.description() + ")";
        }

        @Override
        public Optional<String> key() {
            return origin.key();
        }

        @Override
        public Optional<String> place() {
            return origin.place();
        }

        /**
         * {@return the name that the user gave the value: the variable or the property; if the value has a place, the
         * name that it has there, such as {@code connect_timeout}}
         */
        public String word() {
            if (origin instanceof UrlPart url) {
                return inWords(url.part());
            }
            if (origin instanceof ValueFile file && !file.part().isEmpty()) {
                return inWords(file.part());
            }
            if (origin instanceof ApplicationProperty property
                    && !property.part().isEmpty()) {
                return inWords(property.part());
            }
            if (origin instanceof ServiceBinding binding) {
                return inWords(binding.entry());
            }
            if (origin instanceof ConfigurationLine line && line.substitution() != null) {
                return line.substitution();
            }
            if (origin instanceof LibpqFile file && file.line() == 0) {
                return file.description();
            }
            return origin.key().orElse(inWords(setting));
        }

        /** The database has a name of its own in every kind of source. */
        private static String inWords(String name) {
            return name.equals("name") || name.equals("dbname") ? "database name" : name;
        }
    }
}
