package dev.wellhead.otel;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether OpenTelemetry's Java agent measures HikariCP in this process: it may be attached and off, or told to leave
 * HikariCP alone.
 *
 * <p>Source: OpenTelemetry, "Java agent", "Suppressing specific instrumentation". What its configuration file says is not
 * looked at.
 */
final class JavaAgent {

    /** The agent and the distributions made of it put this class on the boot class path. */
    private static final String MARK = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

    private static final String ENABLED = "otel.javaagent.enabled";
    private static final String INSTRUMENTS_HIKARICP = "otel.instrumentation.hikaricp.enabled";
    private static final String INSTRUMENTS_BY_DEFAULT = "otel.instrumentation.common.default-enabled";

    private JavaAgent() {}

    static boolean measuresHikariCp() {
        return isAttached() && mayMeasure(System::getProperty, System::getenv);
    }

    /**
     * {@return whether an attached agent measures HikariCP}
     *
     * @param properties answers with a system property's value
     * @param environment answers with a variable's value
     */
    static boolean mayMeasure(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        if (!isOn(ENABLED, true, properties, environment)) {
            return false;
        }
        boolean byDefault = isOn(INSTRUMENTS_BY_DEFAULT, true, properties, environment);
        return isOn(INSTRUMENTS_HIKARICP, byDefault, properties, environment);
    }

    private static boolean isAttached() {
        try {
            Class.forName(MARK, false, null);
            return true;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }

    /** A system property counts before its variable; anything but {@code true} is off, as the agent has it. */
    private static boolean isOn(
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
