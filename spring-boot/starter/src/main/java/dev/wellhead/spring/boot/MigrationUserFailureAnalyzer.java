package dev.wellhead.spring.boot;

import dev.wellhead.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.UnsupportedDataSourcePropertyException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Reports {@code spring.flyway.user} and {@code spring.liquibase.user}. Spring Boot then derives a data source from that of
 * the application, which fails because a database of Wellhead has no JDBC URL.
 */
final class MigrationUserFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedDataSourcePropertyException> {

    private static final List<String> PREFIXES = List.of("spring.flyway.", "spring.liquibase.");
    private static final List<String> LOGIN = List.of("user", "password");

    private final Environment environment;

    MigrationUserFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsupportedDataSourcePropertyException cause) {
        for (String prefix : PREFIXES) {
            for (String property : LOGIN) {
                String value = environment.getProperty(prefix + property);
                if (value != null && !value.isBlank()) {
                    return analysis(prefix, prefix + property, cause);
                }
            }
        }
        return null;
    }

    private FailureAnalysis analysis(String prefix, String name, UnsupportedDataSourcePropertyException cause) {
        return new FailureAnalysis(
                Paragraphs.lines(
                        "",
                        name + " is set, but Spring Boot cannot derive a data source for another user from a database"
                                + " that Wellhead opened.",
                        source(name)),
                Paragraphs.lines(
                        "",
                        "Remove " + prefix + "user and " + prefix + "password. Set "
                                + Settings.MIGRATION_USER.variable()
                                + " (or wellhead.databases.default.migration.user) to the"
                                + " role for migrations.",
                        "Set " + Settings.MIGRATION_PASSWORD_FILE.variable() + ", "
                                + Settings.MIGRATION_PASSWORD.variable() + " or another source of its password"
                                + " (or wellhead.databases.default.migration.password-file, ...).",
                        "To connect without Wellhead, set " + prefix + "url as well."),
                cause);
    }

    /** {@return where the property is set; empty if it is not known} */
    private String source(String name) {
        if (environment instanceof ConfigurableEnvironment configurable) {
            PropertyNames.Found found = PropertyNames.of(configurable).find(name);
            if (found != null) {
                return "From: " + found.origin().description();
            }
        }
        return "";
    }
}
