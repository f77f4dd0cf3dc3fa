package dev.wellhead.otel;

import dev.wellhead.internal.metrics.MetricDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Generates {@code docs/metrics.md} from the metric definitions and the text in this class. */
final class MetricsDocument {

    private static final String START =
            """
            # Metrics

            This page is generated from `dev.wellhead.internal.metrics.MetricDefinition` by `MetricsDocument`, and a test checks that it is up to date.
            To generate it again, run `mvn -pl otel -am test -Dtest=MetricsDocumentTest -DwriteDocs -Dsurefire.failIfNoSpecifiedTests=false`.

            If `dev.wellhead:wellhead-otel` is on the class path, every database is measured. The module depends only on
            `opentelemetry-api`, version 1.57 or newer, and needs no configuration. Exporters, intervals and views are configured in the SDK.
            `dev.wellhead:wellhead-micrometer` measures the same with Micrometer: [below](#micrometer).

            ## The first metrics

            Add this dependency to `dev.wellhead:wellhead-core`:

            ```xml
            <dependency>
              <groupId>dev.wellhead</groupId>
              <artifactId>wellhead-otel</artifactId>
              <version>0.1.0-SNAPSHOT</version>
            </dependency>
            ```

            If your service has no SDK yet, also add `io.opentelemetry:opentelemetry-sdk` and an exporter such as
            `io.opentelemetry:opentelemetry-exporter-prometheus`. Add a logging library for SLF4J as well: if something is not measured, the
            log has the reason. Import `opentelemetry-bom` and `opentelemetry-bom-alpha`, and let them decide every version, including the
            version of the API that `wellhead-otel` depends on. Extensions of an older SDK may not work with a newer API. Then call this
            once when the service starts:

            ```
            %EXAMPLE%
            ```

            With `serveMetrics(9464)`, `curl localhost:9464/metrics` shows the metrics. To configure the SDK with variables instead, add
            `opentelemetry-sdk-extension-autoconfigure`, call `AutoConfiguredOpenTelemetrySdk.initialize()` and set
            `OTEL_METRICS_EXPORTER=prometheus`. Also set `OTEL_TRACES_EXPORTER=none` and `OTEL_LOGS_EXPORTER=none` if you have no exporters for
            traces and logs. By default the exporter listens on localhost only.

            ## Which OpenTelemetry is used

            - `Databases.builder().listener(DatabaseTelemetry.on(openTelemetry)).open()` uses that one and never the global one. The class is
              `dev.wellhead.otel.DatabaseTelemetry`.
            - Otherwise the global one is used. You can open a database before you set it: measuring starts within a quarter of a second.
              Events of physical connections and credentials before that moment are recorded later (the last 256 of them); borrows before
              that moment are not measured.
            - The module calls `GlobalOpenTelemetry.getOrNoop()`, which neither sets the global one nor starts autoconfiguration. Your service
              has to set it with `buildAndRegisterGlobal()` or `AutoConfiguredOpenTelemetrySdk.initialize()`. If there is none after a minute,
              one message at level INFO is logged.
            - Frameworks that manage versions may put an older `opentelemetry-api` on the class path: Spring Boot 3.5 has 1.49, and 4.0 has
              1.55. Set their property `opentelemetry.version`. With a version older than 1.57 the global one cannot be read in this way.
              Databases then open without metrics, and one warning is logged. `DatabaseTelemetry.on` works with 1.49 or newer.

            ## With the Java agent

            OpenTelemetry's Java agent measures HikariCP as well. If it is attached, `wellhead-otel` does not emit
            `db.client.connection.*`, so that nothing is counted twice, and logs this once at level INFO. It still emits the metrics under
            `wellhead.`. If the agent's HikariCP instrumentation is disabled, `wellhead-otel` measures the pool. It is disabled if
            `otel.javaagent.enabled`, `otel.instrumentation.hikaricp.enabled` or `otel.instrumentation.common.default-enabled` is `false`, as a
            system property or as a variable.

            | to get | set |
            | --- | --- |
            | the agent's own names, in milliseconds (`db.client.connections.*`) | nothing |
            | the names of this page from the agent; its name of the limit is `db.client.connection.max` | `OTEL_SEMCONV_STABILITY_OPT_IN=database` |
            | all metrics of this page from `wellhead-otel`, in addition to the agent's own names | `DB_POOL_METRICS=on` |
            | all metrics of this page only from `wellhead-otel`, as the dashboard and the alerts need them | `OTEL_INSTRUMENTATION_HIKARICP_ENABLED=false` |

            Do not combine `OTEL_SEMCONV_STABILITY_OPT_IN=database` with `DB_POOL_METRICS=on`: everything would be counted twice.
            `DB_POOL_METRICS=off` disables `db.client.connection.*`.

            ## Attributes

            Every metric has these attributes:

            | attribute | value |
            | --- | --- |
            | `db.client.connection.pool.name` | the setting `poolName`, or else the name of the database; the name of the reader's pool ends in `-reader`. For a Redis: `redis`, or `redis-<name>` if it has a name |
            | `db.system.name` | `postgresql`, `redis` |
            | `db.namespace` | the database |
            | `server.address`, `server.port` | the first configured host. For creations, losses, create times and certificates: the server that they are about |

            If two open pools of a process have the same name, the second one is called `name#2`, and a warning is logged.

            Some metrics have more:

            | attribute | values |
            | --- | --- |
            | `db.client.connection.state` | `idle`, `used` |
            | `error.type` | the SQLSTATE of a failed creation, or `_OTHER` after the first 40 different ones; `_OTHER` for a failed refresh |
            | `wellhead.failure.kind` | the class of failure in lower case: [errors](errors.md) |
            | `wellhead.loss.reason` | `validation_unanswered`: an idle connection did not answer; `statement_lost`: the server is not executing the statement that a connection waits for; `server_unresponsive`: the server does not answer new connections either; `server_replaced`: it was restarted, or another one has taken its place |
            | `wellhead.credentials.generation` | `current`: the newest credentials that the server accepted; `previous`: older ones |
            | `wellhead.credentials.source` | `password`, `password_file`, `passfile`, `secret`, `secret_file`, `command`, `iam` or another word of `DB_AUTH`, `certificate`, `none`, `supplied` |
            | `tls.protocol.version` | `1.3`, `1.2`, `none`; `unknown` for a Redis with TLS |
            | `wellhead.settings.fingerprint` | eight hexadecimal digits, computed from all settings except applicationName; sensitive values are redacted before |

            A client of `wellhead-redis` whose credentials can change is measured as well: the metrics whose names begin with `wellhead.credentials.`,
            `wellhead.connection.creations` and `wellhead.tls.connection.count`. Each login counts as a creation, also a later one on an open
            connection.

            No attribute contains a password, a user, the name, ARN or version of a secret, or the path of a file. The number of series per
            pool is small and limited.

            """;

    private static final String END =
            """

            ## When series begin and end

            Counters start with 0 when a database is first measured. The counters of rotations and refreshes exist only if the credentials
            can change; a password in a variable cannot. If a start waits for its server, `wellhead.connection.creations` shows the failed
            attempts immediately, or, if a secret decides host, port and database, after the pool has opened. Observed series (counts by
            state, limits, ages, expiry) end when the database is closed. Counters and histograms stay in the SDK, as OpenTelemetry specifies.

            ## Accuracy

            - A wait that timed out is counted in `timeouts` and not in `wait_time`. Connections that a rotation acquires in order to retire
              them are counted in neither.
            - A failed creation is counted with its reason in `wellhead.connection.creations`, and not in `create_time`.
            - If the server has just refused the same credentials, no attempt is made, and no creation is counted.
            - HikariCP measures how long a connection was used in whole milliseconds, rounded down, and `use_time` has the same values. The
              bucket up to 0.0005 contains the uses shorter than a millisecond.
            - If a connection was closed while it was in use, the use is not in `use_time`, because HikariCP does not report it.
            - On macOS HikariCP measures with the time of day in milliseconds: a wait of less than a millisecond is 0 or 1 ms.
            - Waits and uses are recorded on the thread that acquires and returns the connection. If it has a sampled span, the SDK can
              attach it as an exemplar.
            - `wellhead.credentials.refresh.*` of files counts every read: one for each physical connection and about one a second.

            %MICROMETER%
            ## Traces

            Wellhead creates no spans. Use the Java agent, or wrap the database with `opentelemetry-jdbc`:

            ```
            DataSource traced = JdbcTelemetry.create(openTelemetry).wrap(database);
            ```

            With `OTEL_SEMCONV_STABILITY_OPT_IN=database` the spans of statements have `db.namespace` and `db.query.text`, in which literals are
            replaced. `opentelemetry-jdbc` needs `opentelemetry-api-incubator` in exactly the version of the SDK. Take all versions from
            `opentelemetry-instrumentation-bom-alpha`.

            ## Dashboard and alerts

            [infrastructure/observability](../infrastructure/observability) has a dashboard for Grafana and alert rules for Prometheus.
            `make infrastructure-up SERVICES=metrics` starts both. [On call](on-call.md) has a section for every alert.
            """;

    private static final String MICROMETER =
            """
            ## Micrometer

            If `dev.wellhead:wellhead-micrometer` is on the class path, every database is measured in Micrometer's `Metrics.globalRegistry`.
            The module depends only on `micrometer-core`, version 1.15 or newer, and does nothing without it.

            ```xml
            <dependency>
              <groupId>dev.wellhead</groupId>
              <artifactId>wellhead-micrometer</artifactId>
              <version>0.1.0-SNAPSHOT</version>
            </dependency>
            ```

            - **Spring Boot:** the [starter](guides/spring-boot.md#health-and-metrics) includes the module and binds it to the `MeterRegistry` of the
              application.
            - **Another registry:** `Databases.builder().listener(DatabaseMeters.on(registry)).open()` uses that one and never the global one.
            - **A registry that is created later:** open the database with `DatabaseMeters.unbound()`, and call `bindTo(registry)` on it. `meters::bindTo`
              is a Micrometer `MeterBinder`. Events of physical connections and credentials before that moment are recorded then (the
              last 256 of them); borrows are not.

            The class is `dev.wellhead.micrometer.DatabaseMeters`. With the global registry, events before a registry was added to it are not
            recorded.

            The names are the same as OpenTelemetry's, and so are the names in Prometheus: the [dashboard and the alerts](#dashboard-and-alerts) work
            with both modules. Attributes are tags. There are four differences:

            - All meters of one name have the same tags. A tag that does not apply has the value `none`: `error.type` and
              `wellhead.failure.kind` of a successful creation, `error.type` of a successful refresh, `db.namespace` and `server.address` of a
              database that is not known.
            - Up-down-counters are gauges, and histograms are timers.
            - Timers have no buckets by default, as usual with Micrometer. In Prometheus they are `_count`, `_sum` and `_max`. The dashboard needs
              buckets: set `management.metrics.distribution.percentiles-histogram.db.client.connection=true` in Spring Boot, and the same for
              `wellhead.credentials`. Without Spring Boot, use a `MeterFilter`.
            - All meters of a database are removed from the registry when it is closed.

            %TABLE%
            HikariCP's own meters, `hikaricp.*`, are not affected. Spring Boot registers all ten of them, with and without `wellhead-otel` and
            `wellhead-micrometer`. `DB_POOL_METRICS=off` leaves the pool to them: only the meters under `wellhead.` are registered. With
            OpenTelemetry's exporter for Micrometer (`micrometer-registry-otlp`, `spring-boot-starter-opentelemetry` in Spring Boot 4) the meters are
            exported by the same names. Their times are in milliseconds, unless `management.otlp.metrics.export.base-time-unit` is `seconds`. If
            both modules are on the class path and their metrics go to the same place, everything is counted twice.
            """;

    private MetricsDocument() {}

    static String text() {
        StringBuilder text = new StringBuilder(START.replace("%EXAMPLE%", example()));
        table(
                text,
                "The pool",
                "Names, units and attributes are those of OpenTelemetry's semantic conventions 1.45, whose stability is \"development\".",
                "db.");
        table(
                text,
                "Connections and credentials",
                "These are defined by Wellhead. They may change until version 1.0; the changelog lists every change.",
                "wellhead.");
        text.append(
                "\n## Buckets\n\nRecommended to the SDK, in seconds. A view overrides them.\n\n| histogram | upper bounds |\n| --- | --- |\n");
        for (MetricDefinition metric : MetricDefinition.values()) {
            if (!metric.buckets().isEmpty()) {
                text.append("| `").append(metric.metricName()).append("` | ");
                text.append(numbers(metric.buckets())).append(" |\n");
            }
        }
        return text.append(END.replace("%MICROMETER%\n", MICROMETER.replace("%TABLE%\n", meters()) + "\n"))
                .toString();
    }

    /** {@return the translation of each name} The test of wellhead-micrometer checks the names in Prometheus. */
    private static String meters() {
        StringBuilder text = new StringBuilder(
                "| OpenTelemetry and Micrometer | meter | base unit | with Micrometer in Prometheus |\n| --- | --- | --- | --- |\n");
        for (MetricDefinition metric : MetricDefinition.values()) {
            String family = PrometheusNames.family(metric);
            String cells =
                    switch (metric.instrument()) {
                        case COUNTER -> "counter |  | `" + family + "_total`";
                        case HISTOGRAM ->
                            "timer | of the registry | `" + family + "_count`, `" + family + "_sum`, `" + family
                                    + "_max`";
                        case GAUGE ->
                            "gauge | " + (metric.unit().equals("d") ? "days" : "seconds") + " | `" + family + "`";
                        case UP_DOWN_COUNTER -> "gauge |  | `" + family + "`";
                    };
            text.append("| `")
                    .append(metric.metricName())
                    .append("` | ")
                    .append(cells)
                    .append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String example() {
        try {
            String source =
                    Files.readString(Path.of("src", "test", "java", "dev", "wellhead", "otel", "FirstMetrics.java"));
            int begin = source.indexOf("// begin of the example");
            return source.substring(source.indexOf('\n', begin) + 1, source.indexOf("// end of the example"))
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
        text.append("| name | instrument | unit | more attributes | in Prometheus | description and use |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        for (MetricDefinition metric : MetricDefinition.values()) {
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
                        .append(use(metric))
                        .append(" |\n");
            }
        }
    }

    /** {@return how to use a metric, in addition to its description} */
    private static String use(MetricDefinition metric) {
        return switch (metric) {
            case CONNECTION_COUNT -> "Compare used with the limit to see whether the pool is exhausted.";
            case CONNECTION_LIMIT -> "The setting maximumPoolSize.";
            case CONNECTION_IDLE_MIN -> "The setting minimumIdle.";
            case CONNECTION_IDLE_MAX ->
                "The setting maximumPoolSize, because HikariCP has no separate limit for idle connections.";
            case PENDING_REQUESTS -> "The threads that wait for a connection.";
            case TIMEOUTS ->
                "Waits that ended after connectionTimeout without a connection. The series starts with 0. Connections that a rotation acquires are not counted.";
            case CREATE_TIME ->
                "Name resolution, TCP, TLS, authentication and set-up, for connections that were opened. Failed attempts are counted in wellhead.connection.creations.";
            case WAIT_TIME ->
                "Shows whether the pool is the bottleneck. Waits that timed out are counted only in timeouts.";
            case USE_TIME -> "Shows whether connections are used for long. In whole milliseconds, rounded down.";
            case CREATIONS ->
                "Shows what fails and why. Successful attempts have no error.type; failed ones have their SQLSTATE and failure kind.";
            case LOSSES ->
                "Shows network failures and failovers that closed nothing. The series start with 0. Connections that the server or this process closed are not counted.";
            case GENERATION_CONNECTIONS -> "Shows the progress of a rotation: previous falls to 0.";
            case CREDENTIALS_AGE -> "Shows whether a rotation is overdue.";
            case REFRESH_DURATION -> "Shows whether the source is slow. Failed refreshes have an error.type.";
            case REFRESH_FAILURES ->
                "Shows whether the source is available. The series starts with 0 if the credentials can change.";
            case REFRESH_AGE -> "Shows whether a rotation would be noticed.";
            case ROTATIONS ->
                "Shows when a rotation reached this pool. The series starts with 0 if the credentials can change.";
            case ROTATION_DURATION -> "Shows how long connections with older credentials stay open.";
            case TLS_CONNECTIONS -> "Shows unencrypted connections and outdated TLS versions.";
            case CERTIFICATE_EXPIRY -> "Negative after the expiry; absent without TLS.";
            case POOLS -> "Shows whether all instances have the same settings.";
        };
    }

    private static String attributes(MetricDefinition metric) {
        StringBuilder names = new StringBuilder();
        for (String key : metric.attributes()) {
            names.append(names.length() == 0 ? "`" : ", `").append(key).append('`');
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
