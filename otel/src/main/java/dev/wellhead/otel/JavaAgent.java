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
 *
 * @param properties returns the value of a system property
 * @param environment returns the value of an environment variable
 */
record JavaAgent(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {

    /** The agent, and every distribution based on it, adds this class to the boot class path. */
    private static final String AGENT_CLASS = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

    static boolean measuresHikariCp() {
        return isAttached() && new JavaAgent(System::getProperty, System::getenv).isEnabledForHikariCp();
    }

    private static boolean isAttached() {
        try {
            Class.forName(AGENT_CLASS, false, null);
            return true;
        } catch (ClassNotFoundException notAttached) {
            return false;
        }
    }

    /** {@return whether an attached agent is configured to measure HikariCP} */
    boolean isEnabledForHikariCp() {
        if (!isEnabled("otel.javaagent.enabled", true)) {
            return false;
        }
        boolean byDefault = isEnabled("otel.instrumentation.common.default-enabled", true);
        return isEnabled("otel.instrumentation.hikaricp.enabled", byDefault);
    }

    /** As in the agent, a system property overrides its variable, and every value except {@code true} disables. */
    private boolean isEnabled(String property, boolean unset) {
        String value = properties.apply(property);
        if (value == null) {
            String variable =
                    property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            value = environment.apply(variable);
        }
        boolean isSet = value != null && !value.isBlank();
        return isSet ? Boolean.parseBoolean(value.strip()) : unset;
    }
}
