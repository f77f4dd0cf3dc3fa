package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolConstraintsTest {

    static Stream<Arguments> contradictions() {
        return Stream.of(
                arguments(
                        "DB_MINIMUM_IDLE=11",
                        "DB_MINIMUM_IDLE is 11, more than DB_MAXIMUM_POOL_SIZE (10).",
                        "From: environment variable DB_MINIMUM_IDLE; default",
                        "Lower DB_MINIMUM_IDLE or raise DB_MAXIMUM_POOL_SIZE."),
                arguments(
                        "DB_KEEPALIVE_TIME=10m DB_MAX_LIFETIME=10m",
                        "DB_KEEPALIVE_TIME is 10m, not shorter than DB_MAX_LIFETIME (10m).",
                        "From: environment variable DB_KEEPALIVE_TIME; environment variable DB_MAX_LIFETIME",
                        "Shorten DB_KEEPALIVE_TIME or lengthen DB_MAX_LIFETIME."),
                arguments(
                        "DB_VALIDATION_TIMEOUT=30s",
                        "DB_VALIDATION_TIMEOUT is 30s, not shorter than DB_CONNECTION_TIMEOUT (30s).",
                        "From: environment variable DB_VALIDATION_TIMEOUT; default",
                        "Shorten DB_VALIDATION_TIMEOUT or lengthen DB_CONNECTION_TIMEOUT."),
                arguments(
                        "DB_CONNECT_TIMEOUT=31s",
                        "DB_CONNECT_TIMEOUT is 31s, longer than DB_CONNECTION_TIMEOUT (30s).",
                        "From: environment variable DB_CONNECT_TIMEOUT; default",
                        "Shorten DB_CONNECT_TIMEOUT or lengthen DB_CONNECTION_TIMEOUT."),
                arguments(
                        "DB_IDLE_TIMEOUT=30m DB_MINIMUM_IDLE=1",
                        "DB_IDLE_TIMEOUT is 30m, not at least one second shorter than DB_MAX_LIFETIME (30m).",
                        "From: environment variable DB_IDLE_TIMEOUT; default",
                        "Shorten DB_IDLE_TIMEOUT or lengthen DB_MAX_LIFETIME."),
                arguments(
                        "DB_LEAK_DETECTION_THRESHOLD=31m",
                        "DB_LEAK_DETECTION_THRESHOLD is 31m, longer than DB_MAX_LIFETIME (30m).",
                        "From: environment variable DB_LEAK_DETECTION_THRESHOLD; default",
                        "Shorten DB_LEAK_DETECTION_THRESHOLD or lengthen DB_MAX_LIFETIME."),
                arguments(
                        "DB_SOCKET_TIMEOUT=5s DB_STATEMENT_TIMEOUT=10s",
                        "DB_SOCKET_TIMEOUT is 5s, not longer than DB_STATEMENT_TIMEOUT (10s).",
                        "From: environment variable DB_SOCKET_TIMEOUT; environment variable DB_STATEMENT_TIMEOUT",
                        "Lengthen DB_SOCKET_TIMEOUT or shorten DB_STATEMENT_TIMEOUT."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void settings_thatHikariWouldRepairSilently_areRefused(String variables, String message, String from, String fix) {
        assertThat(Resolve.problem(variables)).containsExactly(message, from, fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_MINIMUM_IDLE=10",
                "DB_KEEPALIVE_TIME=0 DB_MAX_LIFETIME=30s",
                "DB_KEEPALIVE_TIME=10h DB_MAX_LIFETIME=0",
                "DB_CONNECT_TIMEOUT=30s",
                "DB_IDLE_TIMEOUT=30m",
                "DB_IDLE_TIMEOUT=30m DB_MINIMUM_IDLE=1 DB_MAX_LIFETIME=0",
                "DB_LEAK_DETECTION_THRESHOLD=30m",
                "DB_SOCKET_TIMEOUT=0 DB_STATEMENT_TIMEOUT=10s",
                "DB_SOCKET_TIMEOUT=5s DB_STATEMENT_TIMEOUT=0"
            })
    void settings_thatFit_areTaken(String variables) {
        assertThat(Resolve.problems(variables)).isEmpty();
    }

    static Stream<Arguments> following() {
        return Stream.of(
                arguments("DB_MAX_LIFETIME=2m", Settings.KEEPALIVE_TIME, "1m", "follows from maxLifetime"),
                arguments("DB_MAX_LIFETIME=40s", Settings.KEEPALIVE_TIME, "0s", "follows from maxLifetime"),
                arguments(
                        "DB_MAX_LIFETIME=5m DB_MINIMUM_IDLE=1",
                        Settings.IDLE_TIMEOUT,
                        "0s",
                        "follows from maxLifetime"),
                arguments("DB_CONNECTION_TIMEOUT=2s", Settings.CONNECT_TIMEOUT, "2s", "follows from connectionTimeout"),
                arguments(
                        "DB_CONNECTION_TIMEOUT=2s",
                        Settings.VALIDATION_TIMEOUT,
                        "1s",
                        "follows from connectionTimeout"),
                arguments(
                        "DB_CONNECTION_TIMEOUT=250ms",
                        Settings.VALIDATION_TIMEOUT,
                        "250ms",
                        "follows from connectionTimeout"));
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @MethodSource("following")
    void default_inConflictWithAValue_isAdjusted(String variables, Setting<?> setting, String value, String origin) {
        ResolvedSetting resolved = Resolve.settings(variables).explain(setting).orElseThrow();

        assertThat(resolved.value()).isEqualTo(value);
        assertThat(resolved.origin()).isEqualTo(new Origin.Derived(origin));
        assertThat(resolved.shadowed())
                .extracting(ResolvedSetting.Shadowed::origin)
                .containsExactly(new Origin.DefaultOf(null));
    }

    @Test
    void contradictions_areReportedTogether() {
        assertThat(Resolve.problems("DB_MINIMUM_IDLE=11 DB_VALIDATION_TIMEOUT=1m"))
                .extracting(Problem::setting)
                .containsExactly("DB_MINIMUM_IDLE", "DB_VALIDATION_TIMEOUT");
    }
}
