package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the configuration of an attached agent is read. */
class JavaAgentConfigurationTest {

    @ParameterizedTest
    @CsvSource({
        "unrelated, false, true",
        "otel.javaagent.enabled, false, false",
        "otel.javaagent.enabled, FALSE, false",
        "otel.javaagent.enabled, true, true",
        "otel.javaagent.enabled, 0, false",
        "otel.instrumentation.hikaricp.enabled, false, false",
        "otel.instrumentation.hikaricp.enabled, '', true",
        "otel.instrumentation.common.default-enabled, false, false"
    })
    void isEnabled_propertyOrVariable_haveTheSameEffect(String property, String value, boolean measures) {
        String variable =
                property.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');

        assertThat(new JavaAgent(Map.of(property, value)::get, name -> null).isEnabledForHikariCp())
                .isEqualTo(measures);
        assertThat(new JavaAgent(name -> null, Map.of(variable, value)::get).isEnabledForHikariCp())
                .isEqualTo(measures);
    }

    @ParameterizedTest
    @CsvSource({"false, true, true", "true, false, false"})
    void isEnabled_propertyAndVariable_usesTheProperty(String variable, String property, boolean measures) {
        assertThat(new JavaAgent(
                                Map.of("otel.javaagent.enabled", property)::get,
                                Map.of("OTEL_JAVAAGENT_ENABLED", variable)::get)
                        .isEnabledForHikariCp())
                .isEqualTo(measures);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void isEnabled_instrumentationsDisabledByDefault_dependsOnTheOneForHikariCp(String hikariCp, boolean measures) {
        assertThat(new JavaAgent(
                                Map.of(
                                        "otel.instrumentation.common.default-enabled",
                                        "false",
                                        "otel.instrumentation.hikaricp.enabled",
                                        hikariCp)::get,
                                name -> null)
                        .isEnabledForHikariCp())
                .isEqualTo(measures);
    }
}
