package dev.wellhead.otel;

import dev.wellhead.internal.metrics.AttributeNames;
import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost;
import dev.wellhead.spi.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that OpenTelemetry's Prometheus exporter gives to the metrics and attributes of this module.
 *
 * <p>Source: OpenTelemetry specification, "Prometheus and OpenMetrics compatibility".
 */
final class PrometheusNames {

    private static final Map<String, String> UNITS = Map.of("s", "seconds", "d", "days");

    private PrometheusNames() {}

    /** {@return the name of the metric family} */
    static String family(MetricDefinition metric) {
        String name = metric.metricName().replace('.', '_');
        String unit = UNITS.get(metric.unit());
        return unit == null ? name : name + "_" + unit;
    }

    /** {@return the series names that a query can use} */
    static List<String> series(MetricDefinition metric) {
        String family = family(metric);
        return switch (metric.instrument()) {
            case HISTOGRAM -> List.of(family + "_bucket", family + "_sum", family + "_count");
            case COUNTER -> List.of(family + "_total");
            case GAUGE, UP_DOWN_COUNTER -> List.of(family);
        };
    }

    static Set<String> allSeries() {
        Set<String> all = new HashSet<>();
        for (MetricDefinition metric : MetricDefinition.values()) {
            all.addAll(series(metric));
        }
        return all;
    }

    /** {@return every label that a series of this module can have, including those of a scrape} */
    static Set<String> labels() {
        Set<String> labels = new HashSet<>(List.of("le", "instance", "job"));
        for (String key : AttributeNames.OF_EVERY_METRIC) {
            labels.add(label(key));
        }
        for (MetricDefinition metric : MetricDefinition.values()) {
            for (String key : metric.attributes()) {
                labels.add(label(key));
            }
        }
        return labels;
    }

    /** {@return the labels that {@code series} can have, including those of a scrape} */
    static Set<String> labelsOf(String series) {
        Set<String> labels = new HashSet<>(List.of("le", "instance", "job"));
        for (MetricDefinition metric : MetricDefinition.values()) {
            if (series(metric).contains(series)) {
                AttributeNames.OF_EVERY_METRIC.forEach(key -> labels.add(label(key)));
                metric.attributes().forEach(key -> labels.add(label(key)));
            }
        }
        return labels;
    }

    /** {@return whether {@code label} can have {@code value}; true for labels without a fixed set of values} */
    static boolean isValue(String label, String value) {
        return switch (label) {
            case "wellhead_failure_kind" ->
                Arrays.stream(FailureKind.values())
                        .anyMatch(kind -> kind.value().equals(value));
            case "wellhead_loss_reason" ->
                Arrays.stream(ConnectionsLost.Reason.values())
                        .anyMatch(
                                reason -> reason.name().toLowerCase(Locale.ROOT).equals(value));
            case "db_client_connection_state" -> Set.of("idle", "used").contains(value);
            case "wellhead_credentials_generation" ->
                Set.of("current", "previous").contains(value);
            default -> true;
        };
    }

    /** A selector of PromQL. */
    record Selector(String series, Map<String, String> matched) {}

    static List<Selector> selectorsIn(String expression) {
        List<Selector> found = new ArrayList<>();
        Matcher selectors = Pattern.compile("([a-z_:]+)\\{([^}]*)\\}").matcher(expression);
        while (selectors.find()) {
            Map<String, String> matched = new HashMap<>();
            Matcher matchers =
                    Pattern.compile("(\\w+)\\s*[!=~]+\\s*\"([^\"]*)\"").matcher(selectors.group(2));
            while (matchers.find()) {
                matched.put(matchers.group(1), matchers.group(2));
            }
            found.add(new Selector(selectors.group(1), matched));
        }
        return found;
    }

    static String label(String key) {
        return key.replace('.', '_');
    }

    /** {@return the metrics of this module in an expression of PromQL} */
    static List<String> metricsIn(String expression) {
        List<String> found = new ArrayList<>();
        for (String word : withoutStrings(expression).split("[^a-zA-Z0-9_:]+", -1)) {
            boolean ours = word.startsWith("db_client_") || word.startsWith("wellhead_");
            if (ours && !labels().contains(word)) {
                found.add(word);
            }
        }
        return found;
    }

    private static String withoutStrings(String expression) {
        return expression.replaceAll("\"[^\"]*\"", "");
    }

    /** {@return the labels that the expression matches or groups by} */
    static List<String> labelsIn(String expression) {
        List<String> found = new ArrayList<>();
        var groups = Pattern.compile("\\bby\\s*\\(([^)]*)\\)|\\{([^}]*)\\}").matcher(withoutStrings(expression));
        while (groups.find()) {
            String group = groups.group(1) == null ? groups.group(2) : groups.group(1);
            for (String word : group.split("[^a-zA-Z0-9_]+", -1)) {
                if (!word.isEmpty()) {
                    found.add(word);
                }
            }
        }
        return found;
    }
}
