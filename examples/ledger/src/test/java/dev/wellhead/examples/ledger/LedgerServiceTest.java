package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerServiceTest {

    private static final String SERVICE = LedgerService.class.getName();
    private static final Pattern SERVING = Pattern.compile("Serving on (http://127\\.0\\.0\\.1:\\d+)");

    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path directory;

    @Test
    void run_twiceOnOneDatabase_passesTheChecksBothTimes() throws Exception {
        Map<String, String> environment =
                LedgerDatabase.environment(server.host(), server.port(), LedgerDatabase.create(server));
        for (int run = 0; run < 2; run++) {
            try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE)) {
                int code = child.end();

                assertThat(child.output())
                        .contains("Settings of database 'default', environment 'test'")
                        .containsPattern("(?m)^ +password +<redacted> +environment variable DB_PASSWORD$")
                        .containsPattern("(?m)^ +host +127\\.0\\.0\\.1 +environment variable DB_HOST$")
                        .containsPattern("\\d{3} posted between 8 accounts from 16 threads")
                        .containsPattern("\\d+ orders sent twice were posted once")
                        .containsPattern("(?s)(  holds  .*){6}")
                        .doesNotContain("FAILS")
                        .containsPattern("most at one moment +\\d+ used of 10")
                        .doesNotContain("Exception");
                assertThat(code).isZero();
            }
        }
    }

    @Test
    void run_withoutAServer_failsWithTheReason() throws Exception {
        Map<String, String> environment = LedgerDatabase.environment("127.0.0.1", FreePort.find(), "ledger");
        try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE)) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .contains("nothing listens on this port (DB_HOST, DB_PORT).")
                    .contains("DB_HOST")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void run_strictEnvironmentWithNothingSet_namesEverySetting() throws Exception {
        try (ChildJvm child = ChildJvm.start(directory, Map.of("ENVIRONMENT", "production"), SERVICE)) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .startsWith("Cannot open the database: 4 settings need attention.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void run_databaseWithoutTheSchema_namesTheMissingSchema() throws Exception {
        Map<String, String> environment = LedgerDatabase.environment(server.host(), server.port(), "postgres");
        try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE)) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .contains("This database has no schema ledger.")
                    .contains("infrastructure/init-scripts");
        }
    }

    @Test
    void run_unknownOption_printsTheUsage() throws Exception {
        try (ChildJvm child = ChildJvm.start(directory, Map.of(), SERVICE, "--sevre")) {
            assertThat(child.end()).isEqualTo(2);
            assertThat(child.output()).startsWith("Unknown option: --sevre.").contains(Options.USAGE);
        }
    }

    @Test
    void serve_terminated_closesTheDatabaseAndEnds() throws Exception {
        Map<String, String> environment =
                new HashMap<>(LedgerDatabase.environment(server.host(), server.port(), LedgerDatabase.create(server)));
        environment.put("DB_APPLICATION_NAME", "ledger-serve-test");
        try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE, "--serve", "--port", "0")) {
            Await.until(Duration.ofMinutes(2), "serving", () -> SERVING.matcher(child.output())
                    .find());
            Matcher serving = SERVING.matcher(child.output());
            assertThat(serving.find()).isTrue();
            HttpResponse<String> ready = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(serving.group(1) + "/ready"))
                                    .timeout(Duration.ofMinutes(2))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(ready.statusCode()).isEqualTo(200);

            child.terminate();

            assertThat(child.end()).isEqualTo(128 + 15);
            assertThat(child.output()).endsWith("Stopped." + System.lineSeparator());
        }
        Await.until(Duration.ofMinutes(2), "every session is closed", () -> server.query(
                        "select count(*) from pg_stat_activity where application_name = 'ledger-serve-test'")
                .equals(List.of("0")));
    }

    @Test
    void serve_onAPortThatIsUsed_namesThePortAndTheOption() throws Exception {
        Map<String, String> environment =
                LedgerDatabase.environment(server.host(), server.port(), LedgerDatabase.create(server));
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildJvm child = ChildJvm.start(
                        directory, environment, SERVICE, "--serve", "--port", Integer.toString(used.getLocalPort()))) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .matches("Cannot listen on port " + used.getLocalPort()
                            + " of 127[.]0[.]0[.]1: .+[.] Choose another port with --port[.]\\R");
        }
    }

    @Test
    void stop_allTimeLimits_endBeforeKubernetesKillsTheProcess() {
        assertThat(LedgerService.STOP_LIMIT).isLessThanOrEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void serve_terminatedWhileEveryServiceIsSilent_closesTheDatabaseAndEnds() throws Exception {
        Map<String, String> environment =
                new HashMap<>(LedgerDatabase.environment(server.host(), server.port(), LedgerDatabase.create(server)));
        // accepts connections and never answers
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            environment.putAll(Map.of(
                    "REDIS_URL",
                    url.replace("http", "redis"),
                    "AWS_ENDPOINT_URL_SQS",
                    url,
                    "ENTRIES_QUEUE_URL",
                    url + "/queue",
                    "OPENSEARCH_URL",
                    url,
                    "AWS_REGION",
                    "us-east-1",
                    "AWS_ACCESS_KEY_ID",
                    "local",
                    "AWS_SECRET_ACCESS_KEY",
                    "local"));
            try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE, "--serve", "--port", "0")) {
                Await.until(Duration.ofMinutes(2), "serving", () -> SERVING.matcher(child.output())
                        .find());

                child.terminate();

                assertThat(child.end()).isEqualTo(128 + 15);
                assertThat(child.output())
                        .endsWith("Stopped." + System.lineSeparator())
                        .doesNotContain("ERROR");
            }
        }
    }

    @Test
    void serve_withoutVariablesOfServices_needsNoLibraryOfThem() throws Exception {
        Map<String, String> environment =
                LedgerDatabase.environment(server.host(), server.port(), LedgerDatabase.create(server));
        try (ChildJvm child = ChildJvm.start(
                directory, environment, "-classpath", withoutClients(), SERVICE, "--serve", "--port", "0")) {
            Await.until(Duration.ofMinutes(2), "serving", () -> SERVING.matcher(child.output())
                    .find());
            child.terminate();

            assertThat(child.end()).isEqualTo(128 + 15);
            assertThat(child.output())
                    .matches("(?s)(?!.*With ).*Serving on http://127[.]0[.]0[.]1:\\d+\\s+Stopped[.]\\s+");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_URL, redis://127.0.0.1:1, dev.wellhead:wellhead-redis",
        "ENTRIES_QUEUE_URL, http://127.0.0.1:1/queue, software.amazon.awssdk:sqs",
        "STATEMENTS_BUCKET, statements, software.amazon.awssdk:s3",
        "OPENSEARCH_URL, https://vpc-ledger.eu-west-1.es.amazonaws.com, software.amazon.awssdk:auth"
    })
    void serve_withoutTheLibraryOfAService_namesIt(String variable, String value, String library) throws Exception {
        Map<String, String> environment = Map.of(variable, value, "ENVIRONMENT", "test");
        try (ChildJvm child =
                ChildJvm.start(directory, environment, "-classpath", withoutClients(), SERVICE, "--serve")) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .isEqualToIgnoringNewLines(
                            variable + " is set, but the class path does not contain " + library + ". Add it.");
        }
    }

    @ParameterizedTest
    @CsvSource({"ENTRIES_QUEUE_URL, http://127.0.0.1:1/queue", "STATEMENTS_BUCKET, statements"})
    void serve_withoutARegion_namesTheVariableThatNeedsIt(String variable, String value) throws Exception {
        // otherwise the SDK asks the metadata service of EC2 for the region
        Map<String, String> environment = Map.of(variable, value, "AWS_EC2_METADATA_DISABLED", "true");
        try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE, "--serve")) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .startsWith(
                            variable + " cannot be used: Unable to load region from any of the providers in the chain")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void serve_withATopic_explainsTheQueue() throws Exception {
        Map<String, String> environment = Map.of("ENTRIES_TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:entries");
        try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE, "--serve")) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .isEqualToIgnoringNewLines(
                            "ENTRIES_TOPIC_ARN is set, but the ledger sends to the queue itself, because the local queue has no"
                                    + " topics. Create the queue with topic = false, and set only ENTRIES_QUEUE_URL.");
        }
    }

    @Test
    void serve_databaseWithoutTheOutbox_namesItsScript() throws Exception {
        String name = LedgerDatabase.create(server);
        server.executeIn(name, "drop table ledger.outbox");
        Map<String, String> environment = new HashMap<>(LedgerDatabase.environment(server.host(), server.port(), name));
        environment.put("OPENSEARCH_URL", "http://127.0.0.1:1");
        try (ChildJvm child = ChildJvm.start(directory, environment, SERVICE, "--serve", "--port", "0")) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .isEqualToIgnoringNewLines(
                            """
                            This database does not have every table of the outbox, which the queue and the search need.
                              Run the script 06-outbox.sql of infrastructure/init-scripts in it with psql.
                            """);
        }
    }

    private static String withoutClients() {
        Pattern clients = Pattern.compile(
                "software/amazon/|io/lettuce/|io/netty/|io/projectreactor/|/redis/target/|wellhead-redis");
        return Stream.of(ChildJvm.CLASS_PATH.split(File.pathSeparator, -1))
                .filter(entry -> !clients.matcher(entry.replace('\\', '/')).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void serve_parentEnds_endsAsWell() throws Exception {
        Map<String, String> environment =
                LedgerDatabase.environment(server.host(), server.port(), LedgerDatabase.create(server));
        try (ChildJvm launcher = ChildJvm.start(
                directory, environment, Launcher.class.getName(), SERVICE, "--with-parent", "--serve", "--port", "0")) {
            Await.until(
                    Duration.ofMinutes(2), "serving", () -> launcher.output().contains("Serving on "));

            launcher.terminate();

            Await.until(Duration.ofMinutes(2), "the service stops", () -> launcher.output()
                    .contains("Stopped."));
        }
    }
}
