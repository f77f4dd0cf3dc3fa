package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.internal.metrics.MetricDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void dashboard_hasARowOfNumbersAndOneForEachOfThreeQuestions() throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonObject panel : panels()) {
            if (panel.get("type").getAsString().equals("row")) {
                rows.add(panel.get("title").getAsString());
            }
        }

        assertThat(rows)
                .containsExactly(
                        "Now", "Is the pool the bottleneck?", "Is a rotation going well?", "What fails and why?");
    }

    @Test
    void dashboard_firstRow_isOneNumberWithThresholdsPerPanel() throws IOException {
        int numbers = 0;
        for (JsonObject panel : panels()) {
            boolean first = panel.getAsJsonObject("gridPos").get("y").getAsInt() == 1;
            assertThat(panel.get("type").getAsString().equals("stat")).isEqualTo(first);
            if (first) {
                JsonObject defaults = panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults");
                assertThat(defaults.getAsJsonObject("thresholds").getAsJsonArray("steps"))
                        .as(panel.get("title").getAsString())
                        .hasSizeGreaterThan(1);
                assertThat(defaults.has("unit")).isTrue();
                numbers++;
            }
        }
        assertThat(numbers).isEqualTo(8);
    }

    @Test
    void dashboard_panels_doNotOverlap_andHaveDifferentIds() throws IOException {
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonObject panel : panels()) {
            assertThat(ids.add(panel.get("id").getAsInt())).isTrue();
            JsonObject place = panel.getAsJsonObject("gridPos");
            for (int x = 0; x < place.get("w").getAsInt(); x++) {
                for (int y = 0; y < place.get("h").getAsInt(); y++) {
                    String cell = (place.get("x").getAsInt() + x) + ","
                            + (place.get("y").getAsInt() + y);
                    assertThat(cells.add(cell)).as("%s at %s", panel, cell).isTrue();
                }
            }
        }
    }

    @Test
    void dashboard_annotations_markRotationsFailedRefreshesAndLostConnections() throws IOException {
        List<String> marked = new ArrayList<>();
        for (JsonObject annotation : annotations()) {
            assertThat(annotation.get("enable").getAsBoolean()).isTrue();
            assertThat(annotationExpression(annotation))
                    .contains("by (job, instance, ")
                    .endsWith("> 0");
            marked.add(annotation.get("name").getAsString());
        }

        assertThat(marked).containsExactly("Rotation", "Failed refresh", "Lost connections");
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
    void rules_useOnlyMetricsAndLabelsThatAreEmitted_andLinkToTheOnCallPage() throws IOException {
        List<Map<String, Object>> rules = rules();

        assertThat(rules).hasSizeGreaterThan(5);
        for (Map<String, Object> rule : rules) {
            String name = text(rule, "alert");
            assertKnown(text(rule, "expr"));
            Map<String, Object> annotations = map(value(rule, "annotations"));
            assertThat((String) annotations.get("summary")).as(name).isNotBlank();
            assertThat((String) annotations.get("description"))
                    .as(name)
                    .hasSizeGreaterThan(40)
                    .endsWith(".");
            assertThat((String) annotations.get("runbook_url"))
                    .isEqualTo("docs/on-call.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(SEVERITIES).contains(text(map(value(rule, "labels")), "severity"));
        }
    }

    @Test
    void onCallPage_hasASectionForEveryAlert_andNoOther() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "on-call.md"));
        List<String> sections = new ArrayList<>();
        for (String section : page.split("\n## Wellhead", -1)) {
            if (!section.startsWith("# ")) {
                sections.add("Wellhead" + section.lines().findFirst().orElse(""));
                assertThat(section)
                        .contains(
                                "**Meaning.**",
                                "**First command.**",
                                "**How to read it.**",
                                "**Fix.**",
                                "**Escalate**");
            }
        }
        List<String> alerts = new ArrayList<>();
        for (Map<String, Object> rule : rules()) {
            String name = text(rule, "alert");
            alerts.add(name);
            String severity = text(map(value(rule, "labels")), "severity");
            assertThat(page).contains("| [" + name + "](#" + name.toLowerCase(Locale.ROOT) + ") | " + severity + " | ");
        }

        assertThat(sections).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(page).contains("\n## It does not connect\n");
    }

    @Test
    void onCallPage_failureKindsLabelsAndPanels_exist() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "on-call.md"));
        Matcher word = Pattern.compile("`((?:tls|name|timed|too|starting|wrong)_[a-z_]+|refused|network)`")
                .matcher(page);
        int kinds = 0;
        while (word.find()) {
            assertThat(PrometheusNames.isValue("wellhead_failure_kind", word.group(1)))
                    .as(word.group(1))
                    .isTrue();
            kinds++;
        }
        assertThat(kinds).isGreaterThan(8);
        Set<String> titles = new HashSet<>();
        for (JsonObject panel : panels()) {
            titles.add(panel.get("title").getAsString());
        }
        Matcher panels =
                Pattern.compile("panels? ((?:\"[^\"]+\"(?:, | and )?)+)").matcher(page);
        while (panels.find()) {
            Matcher title = Pattern.compile("\"([^\"]+)\"").matcher(panels.group(1));
            while (title.find()) {
                assertThat(titles).contains(title.group(1));
            }
        }
    }

    /** Another test checks the ports and the health checks of every service. */
    @Test
    void compose_mountsExistingFiles() throws IOException {
        Path infrastructure = Objects.requireNonNull(DIRECTORY.getParent());
        Map<String, Object> services = map(value(map(load(infrastructure.resolve("docker-compose.yml"))), "services"));

        for (String name : List.of("prometheus", "grafana")) {
            Map<String, Object> service = map(value(services, name));
            assertThat((List<?>) value(service, "profiles")).isEqualTo(List.of("metrics"));
            List<String> files = new ArrayList<>();
            for (Object volume : (List<?>) value(service, "volumes")) {
                if (((String) volume).startsWith("./")) {
                    files.add(((String) volume).split(":", -1)[0]);
                }
            }
            assertThat(files).hasSize(2).allMatch(file -> Files.exists(infrastructure.resolve(file)));
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

        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
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
        for (JsonObject panel : panels()) {
            for (String expression : expressions(panel)) {
                assertThat(expression).contains("job=~", "instance=~", "db_client_connection_pool_name=~");
                if (panel.get("type").getAsString().equals("timeseries")) {
                    assertThat(expression).containsPattern("by \\((le, )?job, ");
                }
            }
        }
    }

    /** {@return every query of the dashboard, with Grafana's variables filled in} */
    static List<String> dashboardExpressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonObject panel : panels()) {
            expressions.addAll(expressions(panel));
        }
        expressions.addAll(annotationExpressions());
        return expressions;
    }

    /** {@return the queries of one panel; none for a row} */
    static List<String> expressions(JsonObject panel) {
        List<String> expressions = new ArrayList<>();
        JsonArray targets = panel.getAsJsonArray("targets");
        if (targets != null) {
            for (JsonElement target : targets) {
                expressions.add(filledIn(target.getAsJsonObject()));
            }
        }
        return expressions;
    }

    static List<String> annotationExpressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonObject annotation : annotations()) {
            expressions.add(annotationExpression(annotation));
        }
        return expressions;
    }

    private static String annotationExpression(JsonObject annotation) {
        return filledIn(annotation.getAsJsonObject("target"));
    }

    private static String filledIn(JsonObject target) {
        return target.get("expr")
                .getAsString()
                .replace("$__rate_interval", "1m")
                .replace("$job", ".*")
                .replace("$instance", ".*")
                .replace("$pool", ".*");
    }

    static List<JsonObject> panels() throws IOException {
        return objects(dashboard().getAsJsonArray("panels"));
    }

    private static List<JsonObject> annotations() throws IOException {
        return objects(dashboard().getAsJsonObject("annotations").getAsJsonArray("list"));
    }

    private static JsonObject dashboard() throws IOException {
        Path file = DIRECTORY.resolve("grafana").resolve("dashboards").resolve("wellhead.json");
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        array.forEach(element -> objects.add(element.getAsJsonObject()));
        return objects;
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
