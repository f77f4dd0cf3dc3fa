package dev.wellhead.otel;

import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What OpenTelemetry's Prometheus exporter makes of the registry.
 *
 * <p>Source: OpenTelemetry specification, "Prometheus and OpenMetrics compatibility".
 */
final class PrometheusNames {

    private static final Map<String, String> UNITS = Map.of("s", "seconds", "d", "days");

    private PrometheusNames() {}

    /** {@return the name of the family} */
    static String family(Metric metric) {
        String name = metric.metricName().replace('.', '_');
        String unit = UNITS.get(metric.unit());
        return unit == null ? name : name + "_" + unit;
    }

    /** {@return the names that a query may use} */
    static List<String> series(Metric metric) {
        String family = family(metric);
        return switch (metric.instrument()) {
            case HISTOGRAM -> List.of(family + "_bucket", family + "_sum", family + "_count");
            case COUNTER -> List.of(family + "_total");
            case GAUGE, UP_DOWN_COUNTER -> List.of(family);
        };
    }

    static Set<String> allSeries() {
        Set<String> all = new HashSet<>();
        for (Metric metric : Metric.values()) {
            all.addAll(series(metric));
        }
        return all;
    }

    /** {@return every label that may be on a series of ours, those of a scrape included} */
    static Set<String> labels() {
        Set<String> labels = new HashSet<>(List.of("le", "instance", "job"));
        for (AttributeKey<?> key : Keys.OF_EVERY_METRIC) {
            labels.add(label(key));
        }
        for (Metric metric : Metric.values()) {
            for (AttributeKey<?> key : metric.attributes()) {
                labels.add(label(key));
            }
        }
        return labels;
    }

    static String label(AttributeKey<?> key) {
        return key.getKey().replace('.', '_');
    }

    /** {@return the names in an expression of PromQL that can only be metrics of ours} */
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

    /** {@return the labels it matches or groups by} */
    static List<String> labelsIn(String expression) {
        List<String> found = new ArrayList<>();
        var groups = java.util.regex.Pattern.compile("\\bby\\s*\\(([^)]*)\\)|\\{([^}]*)\\}")
                .matcher(withoutStrings(expression));
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
