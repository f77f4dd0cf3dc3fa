package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.metrics.MetricDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The metrics under {@code db.} are exactly those that the semantic conventions define for connection pools. */
class SemanticConventionsTest {

    @Test
    void definitions_underDb_equalTheConventions() throws IOException {
        List<String> ours = new ArrayList<>();
        for (MetricDefinition metric : MetricDefinition.values()) {
            if (metric.metricName().startsWith("db.")) {
                ours.add(String.join(
                        " | ",
                        metric.metricName(),
                        metric.instrument().name().toLowerCase(Locale.ROOT).replace("_", ""),
                        metric.unit(),
                        attributes(metric)));
            }
        }

        assertThat(ours).containsExactlyInAnyOrderElementsOf(conventions());
    }

    @Test
    void definitions_notInTheConventions_areUnderWellhead() {
        for (MetricDefinition metric : MetricDefinition.values()) {
            assertThat(metric.metricName()).matches("(db\\.client\\.connection|wellhead)\\.[a-z_.]+");
        }
    }

    private static String attributes(MetricDefinition metric) {
        List<String> names = new ArrayList<>();
        for (String key : metric.attributes()) {
            names.add(key);
        }
        return String.join(", ", names);
    }

    private static List<String> conventions() throws IOException {
        List<String> rows = new ArrayList<>();
        try (InputStream file = SemanticConventionsTest.class.getResourceAsStream("/semantic-conventions-1.45.md")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                if (line.startsWith("| db.")) {
                    String[] cells = line.split("\\|", -1);
                    rows.add(
                            String.join(" | ", cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[5].strip()));
                }
            }
        }
        return rows;
    }
}
