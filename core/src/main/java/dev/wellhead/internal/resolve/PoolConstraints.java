package dev.wellhead.internal.resolve;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
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
 * Checks the pool settings that limit each other. HikariCP would silently change one of them. Here a value that is set
 * is a problem, and a default is adjusted to the other setting.
 */
final class PoolConstraints {

    private final DecisionState state;
    private final Problems problems;
    private final RankedValues values;

    PoolConstraints(DecisionState state) {
        this.state = state;
        this.problems = state.problems();
        this.values = state.values();
    }

    /** Checks every pair of settings. Only settings that are set can be a problem. */
    void decide() {
        poolSize();
        connectTimeout();
        validationTimeout();
        keepaliveTime();
        idleTimeout();
        leakDetectionThreshold();
        socketTimeout();
    }

    /** HikariCP would lower minimumIdle. */
    private void poolSize() {
        Integer minimum = values.get(Settings.MINIMUM_IDLE);
        Integer maximum = values.get(Settings.MAXIMUM_POOL_SIZE);
        if (minimum != null && maximum != null && minimum > maximum) {
            report(Settings.MINIMUM_IDLE, "more than", Settings.MAXIMUM_POOL_SIZE, "Lower", "raise");
        }
    }

    /** One attempt to connect must not take longer than the time a borrower waits. */
    private void connectTimeout() {
        Duration connect = values.get(Settings.CONNECT_TIMEOUT);
        Duration connection = values.get(Settings.CONNECTION_TIMEOUT);
        if (connect != null && connection != null && connect.compareTo(connection) > 0) {
            adjustOrReport(Settings.CONNECT_TIMEOUT, connection, "longer than", Settings.CONNECTION_TIMEOUT);
        }
    }

    /** HikariCP checks a connection while a borrower waits, so the check must be shorter. */
    private void validationTimeout() {
        Duration validation = values.get(Settings.VALIDATION_TIMEOUT);
        Duration connection = values.get(Settings.CONNECTION_TIMEOUT);
        if (validation != null && connection != null && validation.compareTo(connection) >= 0) {
            Duration half = connection.dividedBy(2);
            Duration shortest = Duration.ofMillis(Settings.VALIDATION_TIMEOUT.minimum());
            adjustOrReport(
                    Settings.VALIDATION_TIMEOUT,
                    half.compareTo(shortest) < 0 ? shortest : half,
                    "not shorter than",
                    Settings.CONNECTION_TIMEOUT);
        }
    }

    /** HikariCP would replace an interval that is not shorter than the lifetime by its default. */
    private void keepaliveTime() {
        Duration keepalive = values.get(Settings.KEEPALIVE_TIME);
        Duration lifetime = limit(Settings.MAX_LIFETIME);
        if (keepalive != null && lifetime != null && keepalive.compareTo(lifetime) >= 0) {
            Duration half = lifetime.dividedBy(2);
            boolean isAllowed = half.toMillis() >= Settings.KEEPALIVE_TIME.minimum();
            adjustOrReport(
                    Settings.KEEPALIVE_TIME,
                    isAllowed ? half : Duration.ZERO,
                    "not shorter than",
                    Settings.MAX_LIFETIME);
        }
    }

    /** Source: HikariConfig, which removes an idle timeout that is less than a second below the lifetime. */
    private void idleTimeout() {
        Duration idle = values.get(Settings.IDLE_TIMEOUT);
        Duration lifetime = limit(Settings.MAX_LIFETIME);
        Integer minimum = values.get(Settings.MINIMUM_IDLE);
        Integer maximum = values.get(Settings.MAXIMUM_POOL_SIZE);
        boolean shrinks = minimum != null && maximum != null && minimum < maximum;
        if (shrinks && idle != null && lifetime != null && idle.plusSeconds(1).compareTo(lifetime) > 0) {
            adjustOrReport(
                    Settings.IDLE_TIMEOUT,
                    Duration.ZERO,
                    "not at least one second shorter than",
                    Settings.MAX_LIFETIME);
        }
    }

    /** HikariCP turns leak detection off if the threshold is longer than the lifetime. */
    private void leakDetectionThreshold() {
        Duration threshold = limit(Settings.LEAK_DETECTION_THRESHOLD);
        Duration lifetime = limit(Settings.MAX_LIFETIME);
        if (threshold != null && lifetime != null && threshold.compareTo(lifetime) > 0) {
            report(Settings.LEAK_DETECTION_THRESHOLD, "longer than", Settings.MAX_LIFETIME, "Shorten", "lengthen");
        }
    }

    /**
     * The server has to cancel a long statement before the client drops the connection, so that its message arrives.
     */
    private void socketTimeout() {
        Duration socket = limit(Settings.SOCKET_TIMEOUT);
        Duration statement = limit(Settings.STATEMENT_TIMEOUT);
        if (socket != null && statement != null && socket.compareTo(statement) <= 0) {
            report(Settings.SOCKET_TIMEOUT, "not longer than", Settings.STATEMENT_TIMEOUT, "Lengthen", "shorten");
        }
    }

    /** {@return the duration; {@code null} if there is none or if it is zero, which means no limit} */
    private @Nullable Duration limit(Setting<Duration> setting) {
        Duration value = values.get(setting);
        return value == null || value.isZero() ? null : value;
    }

    /**
     * Adjusts a default to the other setting, or reports a value that the user set.
     *
     * @param adjusted the value that fits
     * @param relation completes the sentence: {@code longer than}
     */
    private void adjustOrReport(Setting<Duration> setting, Duration adjusted, String relation, Setting<?> other) {
        if (values.isConfigured(setting)) {
            report(setting, relation, other, "Shorten", "lengthen");
        } else {
            values.derive(
                    setting,
                    SettingValues.format(adjusted),
                    new Origin.Derived("follows from " + other.name()),
                    problems);
        }
    }

    private void report(Setting<?> setting, String relation, Setting<?> other, String change, String changeOther) {
        List<Origin> origins = new ArrayList<>(2);
        String key = describe(setting, origins);
        String otherKey = describe(other, origins);
        problems.add(
                ProblemCode.CONFLICTING_VALUES,
                key,
                key + " is " + shown(setting) + ", " + relation + " " + otherKey + " (" + shown(other) + ").",
                origins,
                change + " " + key + " or " + changeOther + " " + otherKey + ".");
    }

    /** Adds the origin of a setting. {@return its key as the user typed it or would type it} */
    private String describe(Setting<?> setting, List<Origin> origins) {
        RawValue winner = values.winner(setting);
        if (winner == null) {
            return state.name().variable(setting);
        }
        origins.add(winner.origin());
        return values.isConfigured(setting) ? winner.key() : state.name().variable(setting);
    }

    private String shown(Setting<?> setting) {
        return values.explain(setting).map(ResolvedSetting::value).orElse("");
    }
}
