package dev.wellhead.otel;

import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes {@code docs/metrics.md}: what is emitted, out of the registry, and rules in words. */
final class MetricsDocument {

    private static final String START =
            """
            # Metrics

            Generated from the registry (`dev.wellhead.otel.Metric`) by `MetricsDocument`; a test holds the two equal.
            To write it anew: `mvn -pl otel -am test -Dtest=MetricsDocumentTest -DwriteDocs -Dsurefire.failIfNoSpecifiedTests=false`.

            With `dev.wellhead:wellhead-otel` on the class path every database is measured, on `opentelemetry-api` 1.57 or newer
            alone. Nothing is to be configured here; what is done with metrics is the SDK's business.

            ## The first metrics

            Beside `dev.wellhead:wellhead-core`:

            ```xml
            <dependency>
              <groupId>dev.wellhead</groupId>
              <artifactId>wellhead-otel</artifactId>
              <version>0.1.0-SNAPSHOT</version>
            </dependency>
            ```

            and, if there is no SDK yet, `io.opentelemetry:opentelemetry-sdk`, a way out such as
            `io.opentelemetry:opentelemetry-exporter-prometheus`, and a logging library for SLF4J: what is not measured, and why, is in the
            log. Import `opentelemetry-bom` and `opentelemetry-bom-alpha` and leave the versions to them, that of the API which
            `wellhead-otel` brings along included: an extension of an older SDK may not run on a newer API. Once, at the start:

            ```
            %EXAMPLE%
            ```

            Then `curl localhost:9464/metrics`, for `serveMetrics(9464)`. The same by variables: `opentelemetry-sdk-extension-autoconfigure`,
            `AutoConfiguredOpenTelemetrySdk.initialize()` and `OTEL_METRICS_EXPORTER=prometheus`, with `OTEL_TRACES_EXPORTER=none` and
            `OTEL_LOGS_EXPORTER=none` where there is no exporter for those. By default the exporter listens on localhost alone.

            ## Which OpenTelemetry

            - `Databases.builder().listener(DatabaseTelemetry.on(openTelemetry)).open()` measures with that one and never with the
              global; `dev.wellhead.otel.DatabaseTelemetry`.
            - Otherwise the global one, within a quarter of a second of being set: a database may be opened first. What happened to
              physical connections and credentials until then is not lost (the last 256 events); borrows until then are not measured.
              It is looked for with `GlobalOpenTelemetry.getOrNoop()`, which sets none and starts no autoconfiguration: the service has to
              (`buildAndRegisterGlobal()`, `AutoConfiguredOpenTelemetrySdk.initialize()`). Where there is none after a minute, one line
              at INFO says so.
            - Frameworks that manage versions may bring an older `opentelemetry-api` (Spring Boot 3.5 has 1.49, 4.0 has 1.55; the
              property is `opentelemetry.version`). With one older than 1.57 the global cannot be looked for like that: databases
              open as ever, are not measured, and one warning says so. One that is given is measured with from 1.49 on.

            ## With the Java agent

            OpenTelemetry's Java agent measures HikariCP as well. Where it is attached, `db.client.connection.*` are left to it, so that
            nothing is counted twice, and one line at INFO says so; what is under `wellhead.` is emitted in any case. Not where it
            is told to leave HikariCP alone (`otel.javaagent.enabled`, `otel.instrumentation.hikaricp.enabled` or
            `otel.instrumentation.common.default-enabled` is `false`, as a system property or a variable).

            | to have | set |
            | --- | --- |
            | the agent's own names, in milliseconds (`db.client.connections.*`) | nothing |
            | names as below from the agent; the limit is called `db.client.connection.max` there | `OTEL_SEMCONV_STABILITY_OPT_IN=database` |
            | all of this page from here, beside the agent's own names | `DB_POOL_METRICS=on` |
            | all of this page from here alone, which suits the dashboard and the alerts | `OTEL_INSTRUMENTATION_HIKARICP_ENABLED=false` |

            The opt-in together with `DB_POOL_METRICS=on` counts everything twice. `DB_POOL_METRICS=off` never emits `db.client.connection.*`.

            ## Attributes

            Every metric has `db.client.connection.pool.name` (the setting `poolName`, else the name of the database; the
            reader's ends in `-reader`), `db.system.name` (`postgresql`), `db.namespace` (the database), `server.address` and
            `server.port` (the first configured host; of creations, their times and certificates the server they are about). Where two
            open pools of one process have the same name, the second is called `name#2`, and a warning says so.

            | attribute | values |
            | --- | --- |
            | `db.client.connection.state` | `idle`, `used` |
            | `error.type` | the SQLSTATE of a failed creation, `_OTHER` beyond the first 40 that are seen; `_OTHER` for a refresh that failed |
            | `wellhead.failure.kind` | the class of failure: [errors](errors.md), in lower case |
            | `wellhead.credentials.generation` | `current`: the newest that the server accepted; `previous`: any before |
            | `wellhead.credentials.source` | `password`, `password_file`, `passfile`, `secret`, `iam`, `supplied` |
            | `tls.protocol.version` | `1.3`, `1.2`, `none` |
            | `wellhead.settings.fingerprint` | eight hexadecimal digits over all settings but the sensitive ones and applicationName |

            None holds a password, a user, a secret's name or ARN, a version of it, or the path of a file. There is a fixed small number of
            series per pool.

            """;

    private static final String END =
            """

            ## When series begin and end

            Counters are there with 0 from the moment a database is measured; those of rotations and refreshes where the credentials can
            change, which a password in a variable cannot. While a start waits for its server, creations show what fails; where host, port
            and database are left to a secret, once the pool is open. What is observed (counts by state, limits, ages, expiry) ends when the
            database closes. What was counted and timed stays with the SDK, as OpenTelemetry has it.

            ## What is exact

            - A wait that timed out is a time-out and no wait. What a rotation borrows to retire connections is neither.
            - A creation that failed is in `wellhead.connection.creations` with its reason, and not in `create_time`.
            - An attempt that is not made, because the server has just refused the same credentials, is no creation.
            - A use that ended with the connection is not in `use_time`: HikariCP does not tell of it.
            - Waits and uses of under a millisecond are counted per bucket as they happen. A daemon thread, `wellhead-metrics`, records them
              a quarter of a second later at the latest, and whoever collects what is still there. Counts and sums are exact; within
              an advised bucket all have the bucket's mean, which finer buckets of a view would show. Longer ones are recorded at
              once, with the span they happened in as their exemplar.
            - HikariCP measures how long a connection was used in whole milliseconds, rounded down. Within that millisecond Wellhead
              counts from the first byte that was sent to the return, which costs nothing beside a round trip. Where that says
              nothing, since the first byte came late, the middle of the millisecond is recorded; where nothing was sent in less
              than a millisecond, 0.
            - On macOS HikariCP reads the time of day, in milliseconds: a wait of under one is 0 or 1 ms there.
            - `wellhead.credentials.refresh.*` of files counts every look: for each physical connection and about once a second.

            ## Traces

            Traces are OpenTelemetry's own: the Java agent, or `opentelemetry-jdbc` around the database.

            ```
            DataSource traced = JdbcTelemetry.create(openTelemetry).wrap(database);
            ```

            With `OTEL_SEMCONV_STABILITY_OPT_IN=database` spans of statements have `db.namespace` and `db.query.text` with literals
            replaced. It needs the `opentelemetry-api-incubator` of the very version of the SDK: take all of them from its BOM,
            `opentelemetry-instrumentation-bom-alpha`.

            ## Dashboard and alerts

            [infrastructure/observability](../infrastructure/observability): Prometheus, Grafana, a dashboard, alert rules with a line
            of runbook each.
            """;

    private MetricsDocument() {}

    static String text() {
        StringBuilder text = new StringBuilder(START.replace("%EXAMPLE%", example()));
        table(
                text,
                "The pool",
                "Names, units and attributes of OpenTelemetry's semantic conventions 1.45. Their stability there: development.",
                "db.");
        table(
                text,
                "Connections and credentials",
                "Wellhead's own. Stability: development until 1.0; a change is in the changelog.",
                "wellhead.");
        text.append(
                "\n## Buckets\n\nAdvice to the SDK, in seconds; a view overrides it.\n\n| histogram | upper bounds |\n| --- | --- |\n");
        for (Metric metric : Metric.values()) {
            if (!metric.buckets().isEmpty()) {
                text.append("| `").append(metric.metricName()).append("` | ");
                text.append(numbers(metric.buckets())).append(" |\n");
            }
        }
        return text.append(END).toString();
    }

    private static String example() {
        try {
            String source =
                    Files.readString(Path.of("src", "test", "java", "dev", "wellhead", "otel", "FirstMetrics.java"));
            int begin = source.indexOf("// shown from here");
            return source.substring(source.indexOf('\n', begin) + 1, source.indexOf("// to here"))
                    .stripIndent()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void table(StringBuilder text, String title, String about, String root) {
        text.append(text.charAt(text.length() - 2) == '\n' ? "" : "\n")
                .append("## ")
                .append(title)
                .append("\n\n");
        text.append(about).append("\n\n");
        text.append("| name | instrument | unit | its own attributes | in Prometheus | what it is for |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        for (Metric metric : Metric.values()) {
            if (metric.metricName().startsWith(root)) {
                text.append("| `").append(metric.metricName()).append("` | ");
                text.append(metric.instrument().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .append(" | `");
                text.append(metric.unit())
                        .append("` | ")
                        .append(attributes(metric))
                        .append(" | `");
                text.append(PrometheusNames.series(metric).get(0)).append("` | ");
                text.append(metric.description())
                        .append(' ')
                        .append(metric.purpose())
                        .append(" |\n");
            }
        }
    }

    private static String attributes(Metric metric) {
        StringBuilder names = new StringBuilder();
        for (AttributeKey<?> key : metric.attributes()) {
            names.append(names.length() == 0 ? "`" : ", `").append(key.getKey()).append('`');
        }
        return names.toString();
    }

    private static String numbers(List<Double> bounds) {
        StringBuilder numbers = new StringBuilder();
        for (double bound : bounds) {
            String number =
                    java.math.BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
            numbers.append(numbers.length() == 0 ? "" : ", ").append(number);
        }
        return numbers.toString();
    }
}
