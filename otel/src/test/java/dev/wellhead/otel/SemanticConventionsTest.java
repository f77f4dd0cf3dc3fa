package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is under {@code db.} is exactly what the semantic conventions have for a pool. */
class SemanticConventionsTest {

    @Test
    void registry_underDb_isThatOfTheConventions() throws IOException {
        List<String> ours = new ArrayList<>();
        for (Metric metric : Metric.values()) {
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
    void registry_ofOurs_isUnderItsOwnRoot() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.metricName()).matches("(db\\.client\\.connection|wellhead)\\.[a-z_.]+");
        }
    }

    private static String attributes(Metric metric) {
        List<String> names = new ArrayList<>();
        for (AttributeKey<?> key : metric.attributes()) {
            names.add(key.getKey());
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
