package dev.wellhead.otel;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether OpenTelemetry's Java agent measures HikariCP in this process. The agent may be attached but disabled, or
 * its HikariCP instrumentation may be disabled.
 *
 * <p>Source: OpenTelemetry, "Java agent", "Suppressing specific instrumentation". The agent's configuration file is not
 * read.
 */
final class JavaAgent {

    /** The agent, and every distribution based on it, adds this class to the boot class path. */
    private static final String AGENT_CLASS = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

    private static final String AGENT_ENABLED = "otel.javaagent.enabled";
    private static final String HIKARICP_ENABLED = "otel.instrumentation.hikaricp.enabled";
    private static final String DEFAULT_ENABLED = "otel.instrumentation.common.default-enabled";

    private JavaAgent() {}

    static boolean measuresHikariCp() {
        return isAttached() && isEnabledForHikariCp(System::getProperty, System::getenv);
    }

    /**
     * {@return whether an attached agent is configured to measure HikariCP}
     *
     * @param properties returns the value of a system property
     * @param environment returns the value of an environment variable
     */
    static boolean isEnabledForHikariCp(
            UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        if (!isEnabled(AGENT_ENABLED, true, properties, environment)) {
            return false;
        }
        boolean byDefault = isEnabled(DEFAULT_ENABLED, true, properties, environment);
        return isEnabled(HIKARICP_ENABLED, byDefault, properties, environment);
    }

    private static boolean isAttached() {
        try {
            Class.forName(AGENT_CLASS, false, null);
            return true;
        } catch (ClassNotFoundException notAttached) {
            return false;
        }
    }

    /** As in the agent, a system property overrides its variable, and every value except {@code true} disables. */
    private static boolean isEnabled(
            String property,
            boolean unset,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment) {
        String value = properties.apply(property);
        if (value == null) {
            value = environment.apply(
                    property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
        }
        boolean isSet = value != null && !value.isBlank();
        return isSet ? Boolean.parseBoolean(value.strip()) : unset;
    }
}
