package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alert rules use metrics and labels that the code emits. */
class ObservabilityFilesTest {

    static final Path DIRECTORY = Path.of("..", "infrastructure", "observability");

    private static final Set<String> SEVERITIES = Set.of("page", "ticket");

    @Test
    void dashboard_usesOnlyMetricsAndLabelsThatAreEmitted() throws IOException {
        List<String> expressions = dashboardExpressions();

        assertThat(expressions).hasSizeGreaterThan(15);
        for (String expression : expressions) {
            assertKnown(expression);
        }
    }

    @Test
    void dashboard_hasARowForEachOfThreeQuestions() throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonElement panel : panels()) {
            JsonObject its = panel.getAsJsonObject();
            if (its.get("type").getAsString().equals("row")) {
                rows.add(its.get("title").getAsString());
            }
        }

        assertThat(rows)
                .containsExactly("Is the pool the bottleneck?", "Is a rotation going well?", "What fails and why?");
    }

    @Test
    void dashboard_showsEveryMetricExceptTheIdleLimits() throws IOException {
        Set<String> shown = new HashSet<>();
        for (String expression : dashboardExpressions()) {
            shown.addAll(PrometheusNames.metricsIn(expression));
        }
        for (MetricDefinition metric : MetricDefinition.values()) {
            if (metric != MetricDefinition.CONNECTION_IDLE_MIN && metric != MetricDefinition.CONNECTION_IDLE_MAX) {
                assertThat(PrometheusNames.series(metric))
                        .as(metric.metricName())
                        .anyMatch(shown::contains);
            }
        }
    }

    @Test
    void rules_useOnlyMetricsAndLabelsThatAreEmitted_andHaveARunbook() throws IOException {
        List<Map<String, Object>> rules = rules();

        assertThat(rules).hasSizeGreaterThan(5);
        for (Map<String, Object> rule : rules) {
            String name = (String) rule.get("alert");
            assertKnown(text(rule, "expr"));
            Map<String, Object> annotations = map(value(rule, "annotations"));
            assertThat((String) annotations.get("summary")).as(name).isNotBlank();
            assertThat((String) annotations.get("runbook"))
                    .as(name)
                    .hasSizeGreaterThan(40)
                    .endsWith(".");
            assertThat(SEVERITIES).contains(text(map(value(rule, "labels")), "severity"));
        }
    }

    @Test
    void compose_mountsExistingFiles_andListensOnLoopbackOnly() throws IOException {
        Map<String, Object> services = map(value(map(load(DIRECTORY.resolve("docker-compose.yml"))), "services"));

        assertThat(services).containsOnlyKeys("prometheus", "grafana");
        for (Object value : services.values()) {
            Map<String, Object> service = map(value);
            assertThat((List<?>) value(service, "profiles")).isEqualTo(List.of("observability"));
            for (Object port : (List<?>) value(service, "ports")) {
                assertThat((String) port).startsWith("127.0.0.1:");
            }
            for (Object volume : (List<?>) value(service, "volumes")) {
                assertThat(DIRECTORY.resolve(((String) volume).split(":", -1)[0]))
                        .exists();
            }
        }
    }

    @Test
    void files_passPromtool() throws IOException, InterruptedException {
        assertPromtoolPasses("check", "config", "prometheus.yml");
    }

    @Test
    void rules_duringARotation_doNotPage_butContinuedRefusalsDo() throws IOException, InterruptedException {
        assertPromtoolPasses("test", "rules", "wellhead-rules-test.yml");
    }

    private static void assertPromtoolPasses(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Programs.find("promtool").isPresent(), "promtool is not installed");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));

        Process promtool = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(output).isZero();
    }

    private static void assertKnown(String expression) {
        assertThat(PrometheusNames.metricsIn(expression)).as(expression).isNotEmpty();
        assertThat(PrometheusNames.allSeries()).as(expression).containsAll(PrometheusNames.metricsIn(expression));
        assertThat(PrometheusNames.labels()).as(expression).containsAll(PrometheusNames.labelsIn(expression));
        for (PrometheusNames.Selector selector : PrometheusNames.selectorsIn(expression)) {
            assertThat(PrometheusNames.labelsOf(selector.series()))
                    .as(expression)
                    .containsAll(selector.matched().keySet());
            selector.matched().forEach((label, value) -> assertThat(PrometheusNames.isValue(label, value))
                    .as("%s of %s", value, label)
                    .isTrue());
        }
    }

    @Test
    void rulesTest_usesOnlySeriesThatTheCodeCanEmit() throws IOException {
        int series = 0;
        for (Object test : (List<?>) value(map(load(DIRECTORY.resolve("wellhead-rules-test.yml"))), "tests")) {
            for (Object input : (List<?>) value(map(test), "input_series")) {
                assertKnown(text(map(input), "series"));
                series++;
            }
        }
        assertThat(series).isGreaterThan(10);
    }

    @Test
    void dashboard_panels_filterByServiceAndPool() throws IOException {
        for (String expression : dashboardExpressions()) {
            assertThat(expression).contains("job=~", "instance=~", "db_client_connection_pool_name=~");
            assertThat(expression).containsPattern("by \\((le, )?job, ");
        }
    }

    /** {@return every query of the dashboard, with Grafana's variables filled in} */
    static List<String> dashboardExpressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonElement panel : panels()) {
            JsonArray targets = panel.getAsJsonObject().getAsJsonArray("targets");
            if (targets != null) {
                for (JsonElement target : targets) {
                    expressions.add(target.getAsJsonObject()
                            .get("expr")
                            .getAsString()
                            .replace("$__rate_interval", "1m")
                            .replace("$job", ".*")
                            .replace("$instance", ".*")
                            .replace("$pool", ".*"));
                }
            }
        }
        return expressions;
    }

    private static JsonArray panels() throws IOException {
        Path file = DIRECTORY.resolve("grafana").resolve("dashboards").resolve("wellhead.json");
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("panels");
    }

    static List<Map<String, Object>> rules() throws IOException {
        Object file = load(DIRECTORY.resolve("wellhead-rules.yml"));
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Object group : (List<?>) value(map(file), "groups")) {
            for (Object rule : (List<?>) value(map(group), "rules")) {
                rules.add(map(rule));
            }
        }
        return rules;
    }

    static String text(Map<String, Object> map, String key) {
        return (String) value(map, key);
    }

    private static Object value(Map<String, Object> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Object load(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
