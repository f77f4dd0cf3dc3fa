package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where two settings of the pool contradict each other, HikariCP repairs one of them silently. Here a value that is set
 * is refused, and one that was left to its default follows from the value that is set.
 */
public final class PoolTimes {

    private final Values values;
    private final DatabaseName name;
    private final Problems problems;

    public PoolTimes(Values values, DatabaseName name, Problems problems) {
        this.values = values;
        this.name = name;
        this.problems = problems;
    }

    public void decide() {
        size();
        connectTimeout();
        validationTimeout();
        keepaliveTime();
        idleTimeout();
        leakDetectionThreshold();
        socketTimeout();
    }

    private void size() {
        Integer minimum = values.get(Settings.MINIMUM_IDLE);
        Integer maximum = values.get(Settings.MAXIMUM_POOL_SIZE);
        if (minimum != null && maximum != null && minimum > maximum) {
            report(Settings.MINIMUM_IDLE, "more than", Settings.MAXIMUM_POOL_SIZE, "Lower", "raise");
        }
    }

    private void connectTimeout() {
        Duration connect = values.get(Settings.CONNECT_TIMEOUT);
        Duration connection = values.get(Settings.CONNECTION_TIMEOUT);
        if (connect != null && connection != null && connect.compareTo(connection) > 0) {
            followOrReport(Settings.CONNECT_TIMEOUT, connection, "longer than", Settings.CONNECTION_TIMEOUT);
        }
    }

    private void validationTimeout() {
        Duration validation = values.get(Settings.VALIDATION_TIMEOUT);
        Duration connection = values.get(Settings.CONNECTION_TIMEOUT);
        if (validation != null && connection != null && validation.compareTo(connection) >= 0) {
            Duration half = connection.dividedBy(2);
            Duration least = Duration.ofMillis(250);
            followOrReport(
                    Settings.VALIDATION_TIMEOUT,
                    half.compareTo(least) < 0 ? least : half,
                    "not shorter than",
                    Settings.CONNECTION_TIMEOUT);
        }
    }

    private void keepaliveTime() {
        Duration keepalive = values.get(Settings.KEEPALIVE_TIME);
        Duration lifetime = limit(Settings.MAX_LIFETIME);
        if (keepalive != null && lifetime != null && keepalive.compareTo(lifetime) >= 0) {
            Duration half = lifetime.dividedBy(2);
            boolean worthIt = half.compareTo(Duration.ofSeconds(30)) >= 0;
            followOrReport(
                    Settings.KEEPALIVE_TIME, worthIt ? half : Duration.ZERO, "not shorter than", Settings.MAX_LIFETIME);
        }
    }

    /** Source: HikariConfig, which takes the idle timeout out within a second of the lifetime. */
    private void idleTimeout() {
        Duration idle = values.get(Settings.IDLE_TIMEOUT);
        Duration lifetime = limit(Settings.MAX_LIFETIME);
        Integer minimum = values.get(Settings.MINIMUM_IDLE);
        Integer maximum = values.get(Settings.MAXIMUM_POOL_SIZE);
        boolean shrinks = minimum != null && maximum != null && minimum < maximum;
        if (shrinks && idle != null && lifetime != null && idle.plusSeconds(1).compareTo(lifetime) > 0) {
            followOrReport(
                    Settings.IDLE_TIMEOUT,
                    Duration.ZERO,
                    "not at least one second shorter than",
                    Settings.MAX_LIFETIME);
        }
    }

    private void leakDetectionThreshold() {
        Duration threshold = limit(Settings.LEAK_DETECTION_THRESHOLD);
        Duration lifetime = limit(Settings.MAX_LIFETIME);
        if (threshold != null && lifetime != null && threshold.compareTo(lifetime) > 0) {
            report(Settings.LEAK_DETECTION_THRESHOLD, "longer than", Settings.MAX_LIFETIME, "Shorten", "lengthen");
        }
    }

    private void socketTimeout() {
        Duration socket = limit(Settings.SOCKET_TIMEOUT);
        Duration statement = limit(Settings.STATEMENT_TIMEOUT);
        if (socket != null && statement != null && socket.compareTo(statement) <= 0) {
            report(Settings.SOCKET_TIMEOUT, "not longer than", Settings.STATEMENT_TIMEOUT, "Lengthen", "shorten");
        }
    }

    /** {@return the duration, or {@code null} where there is none or zero takes the limit away} */
    private @Nullable Duration limit(Setting<Duration> setting) {
        Duration value = values.get(setting);
        return value == null || value.isZero() ? null : value;
    }

    private void followOrReport(Setting<Duration> setting, Duration follows, String relation, Setting<?> other) {
        if (values.isConfigured(setting)) {
            report(setting, relation, other, "Shorten", "lengthen");
        } else {
            values.derive(
                    setting,
                    setting.type().format(follows),
                    new Origin.Derived("follows from " + other.name()),
                    problems);
        }
    }

    private void report(Setting<?> setting, String relation, Setting<?> other, String change, String changeOther) {
        String key = key(setting);
        String otherKey = key(other);
        List<Origin> origins = new ArrayList<>(2);
        for (Setting<?> each : new Setting<?>[] {setting, other}) {
            RawValue winner = values.winner(each);
            if (winner != null) {
                origins.add(winner.origin());
            }
        }
        problems.add(
                ProblemCode.CONFLICTING_VALUES,
                key,
                key + " is " + shown(setting) + ", " + relation + " " + otherKey + " (" + shown(other) + ").",
                origins,
                change + " " + key + " or " + changeOther + " " + otherKey + ".");
    }

    private String key(Setting<?> setting) {
        RawValue winner = values.winner(setting);
        return winner == null || !values.isConfigured(setting) ? name.variable(setting) : winner.key();
    }

    private String shown(Setting<?> setting) {
        return values.explain(setting).map(ResolvedSetting::value).orElse("");
    }
}
