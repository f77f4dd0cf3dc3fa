package dev.wellhead.internal.libraries;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The libraries that a module needs, with their oldest supported versions. They are examined only after an error, so
 * that a start costs nothing more. docs/support.md lists the same versions, and a test compares them.
 *
 * @param module the module as the subject of a message
 * @param libraries all of them
 */
public record SupportedLibraries(String module, List<SupportedLibrary> libraries) {

    /** The libraries of core. */
    public static final SupportedLibraries CORE = new SupportedLibraries(
            "Wellhead",
            List.of(
                    new SupportedLibrary(
                            "HikariCP",
                            "com.zaxxer",
                            "HikariCP",
                            "com.zaxxer.hikari.HikariDataSource",
                            "6.0",
                            "hikaricp.version"),
                    new SupportedLibrary(
                            "The PostgreSQL JDBC driver",
                            "org.postgresql",
                            "postgresql",
                            "org.postgresql.PGConnection",
                            "42.5",
                            "postgresql.version"),
                    new SupportedLibrary(
                            "typesafe-config", "com.typesafe", "config", "com.typesafe.config.Config", "1.4", ""),
                    new SupportedLibrary(
                            "SLF4J", "org.slf4j", "slf4j-api", "org.slf4j.Logger", "2.0", "slf4j.version")));

    /** Copies the list. */
    public SupportedLibraries {
        libraries = List.copyOf(libraries);
    }

    /** {@return the libraries that are missing or too old} */
    public List<Problem> problems() {
        ClassLoader loader = SupportedLibraries.class.getClassLoader();
        List<Problem> problems = new ArrayList<>(1);
        for (SupportedLibrary library : libraries) {
            Problem problem = library.problem(module, loader);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    /**
     * {@return an exception that names the libraries that are missing or too old}
     *
     * @param error its cause, such as a {@link NoSuchMethodError}; thrown itself if no library explains it
     */
    public ConfigurationException explained(LinkageError error) {
        List<Problem> problems = problems();
        if (problems.isEmpty()) {
            throw error;
        }
        ConfigurationException explained = new ConfigurationException(problems);
        explained.initCause(error);
        return explained;
    }
}
