package dev.wellhead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.DatabaseScript.Result;
import dev.wellhead.embedded.internal.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the services without Docker in {@code infrastructure/bin/programs.sh}. A script replaces the JVM; PgBouncer and
 * Prometheus are those of this machine.
 */
class ServiceProgramsTest {

    @TempDir
    Path directory;

    @BeforeEach
    void needsAShell() throws IOException {
        assumeFalse(Platform.current().isWindows(), "Windows has no POSIX shell of its own");
        EnterableDirectory.open(directory);
    }

    @AfterEach
    void stopTheServers() throws Exception {
        script().run(Map.of(), "down");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queue | AWS_ENDPOINT_URL_SQS=http://127.0.0.1: | Its queues are kept, its messages are not."
                        + " | -Drest-sqs.bind-hostname=127.0.0.1 -Drest-sqs.bind-port=PORT -Drest-stats.enabled=false",
                "storage | AWS_ENDPOINT_URL_S3=http://127.0.0.1: | Its data is kept."
                        + " | -Dserver.address=127.0.0.1 -Dserver.port=PORT -Dserver.ssl.enabled=false"
                        + " -Dspring.main.sources=dev.wellhead.local.storage.SingleConnector",
                "search | OPENSEARCH_URL=http://127.0.0.1: | Its data is kept."
                        + " | dev.wellhead.local.search.SearchCommand PORT"
            })
    void service_fromUpToClean_reportsEveryStep(String name, String variable, String kept, String arguments)
            throws Exception {
        int port = freePort();
        Map<String, String> service = withoutDocker(name, port);
        Path data = directory.resolve("data");

        Result up = script().run(service, "up");

        assertThat(up.code()).as(up.output()).isZero();
        String announced = name + " is( already)? running without Docker \\(process \\d+\\): " + variable + port;
        assertThat(up.output()).matches("PostgreSQL 16 is running [^\n]+\n" + announced);
        assertThat(script().run(service, "up").output())
                .matches("PostgreSQL 16 is already running [^\n]+\n" + announced);
        assertThat(data.resolve(name + ".log"))
                .content()
                .contains(" " + arguments.replace("PORT", Integer.toString(port)) + " ");
        String running = name + ": running on 127\\.0\\.0\\.1:" + port + ", process \\d+";
        assertThat(script().run(Map.of(), "status").output()).matches("embedded: running [^\n]+\n" + running);
        assertThat(script().run(service, "down")).isEqualTo(new Result(0, name + " has stopped. " + kept));
        assertThat(script().run(service, "down")).isEqualTo(new Result(0, name + " is not running."));
        assertThat(script().run(Map.of(), "status").output()).endsWith("\n" + name + ": not running");
        assertThat(script().run(service, "clean"))
                .isEqualTo(new Result(
                        1,
                        "This deletes the data of: " + name
                                + ". There is no terminal for a confirmation. Set FORCE=1 to" + " confirm."));
        assertThat(data.resolve(name)).isDirectory();
        assertThat(script().run(Map.of("SERVICES", name, "FORCE", "1"), "clean"))
                .isEqualTo(new Result(0, "The data of " + name + " has been deleted."));
        assertThat(data.toFile().list()).containsExactlyInAnyOrder("server.log", "server.pid");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "1-23, WELLHEAD_CI_RUN=1-23"})
    void service_started_hasOnlyThePathAndTheRunOfTheBuild(String run, String inherited) throws Exception {
        Map<String, String> storage = withoutDocker("storage", freePort());
        storage.put("WELLHEAD_CI_RUN", run);
        storage.put("SECRET_OF_THE_USER", "secret");
        new DatabaseScript(directory.resolve("java"))
                .withProgram(
                        "java",
                        "case \"$*\" in *ServeCommand*) echo 'PostgreSQL 16 is ready on port 5499' ;;\n"
                                + "*) env; echo 'Started S3MockApplication in 1 seconds' ;;\nesac\n"
                                + DatabaseScript.UNTIL_TERM);

        Result up = script().run(storage, "up");

        assertThat(up.code()).as(up.output()).isZero();
        // the shell sets PWD and similar variables itself
        assertThat(Files.readAllLines(directory.resolve("data/storage.log")))
                .contains("PATH=" + storage.get("PATH"))
                .noneMatch(line -> line.contains("secret"))
                .filteredOn(line -> line.startsWith("WELLHEAD_CI_RUN="))
                .isEqualTo(inherited.isEmpty() ? List.of() : List.of(inherited));
    }

    @Test
    void upOfSeveral_ifOneOfThemFails_startsTheOthers() throws Exception {
        assumeTrue(
                isInstalled("ss") || isInstalled("lsof"), "without ss and lsof the program on a port cannot be named");
        Map<String, String> services = new HashMap<>(withoutDocker("storage", freePort()));
        services.put("SERVICES", "queue storage");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            services.put("INFRASTRUCTURE_QUEUE_PORT", Integer.toString(other.getLocalPort()));

            Result up = script().run(services, "up");

            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .contains("queue needs port " + other.getLocalPort()
                            + " of 127.0.0.1, which is used by java (process "
                            + ProcessHandle.current().pid() + "). Stop it, or choose another port with"
                            + " INFRASTRUCTURE_QUEUE_PORT.\n")
                    .containsPattern("\nstorage is running without Docker \\(process \\d+\\): ")
                    .endsWith("\nNot every service was started.");
        }
    }

    @Test
    void service_thatEnds_isReportedWithTheEndOfItsLog() throws Exception {
        Map<String, String> queue = withoutDocker("queue", freePort());
        new DatabaseScript(directory.resolve("java"))
                .withProgram(
                        "java",
                        "case \"$*\" in *ServeCommand*) echo 'PostgreSQL 16 is ready on port 5499' ;;\n"
                                + "*) for i in $(seq 1 30); do echo \"line $i\"; done; exit 1 ;;\nesac\n"
                                + DatabaseScript.UNTIL_TERM);

        Result up = script().run(queue, "up");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.output())
                .doesNotContain("line 10\n")
                .endsWith("\nline 30\nqueue did not start. The whole log is in " + directory.resolve("data/queue.log")
                        + "\nNot every service was started.");
        assertThat(directory.resolve("data/queue.pid")).doesNotExist();
        assertThat(script().run(queue, "logs").output()).startsWith("line 1\n").endsWith("\nline 30");
    }

    @Test
    void pooler_ofThisMachine_connectsToTheLocalDatabase() throws Exception {
        assumeInstalled("pgbouncer");
        int port = freePort();

        Result up = script().run(Map.of("SERVICES", "pooler", "INFRASTRUCTURE_POOLER_PORT", "" + port), "up");

        assertThat(up.output()).endsWith("): DB_PORT=" + port + " DB_POOLER=pgbouncer");
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/monorepo_dev?prepareThreshold=0";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
            assertThat(connection.isValid(60)).isTrue();
        }
        assertThat(script().run(Map.of("SERVICES", "pooler"), "down").output())
                .isEqualTo("pooler has stopped. It has no data.");
    }

    @Test
    void metrics_ofThisMachine_haveTheRulesOfTheRepository() throws Exception {
        assumeInstalled("prometheus");
        int port = freePort();
        Map<String, String> metrics = new HashMap<>(Map.of("SERVICES", "metrics"));
        metrics.put("INFRASTRUCTURE_METRICS_PORT", Integer.toString(port));
        metrics.put("JAVA_HOME", script().stubOfJava());

        Result up = script().run(metrics, "up");

        assertThat(up.output()).endsWith("): Prometheus http://127.0.0.1:" + port + " (Grafana needs Docker)");
        HttpRequest rules = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/rules"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(rules, BodyHandlers.ofString())
                        .body())
                .contains("\"status\":\"success\"", "wellhead");
    }

    private static void assumeInstalled(String program) throws Exception {
        assumeTrue(isInstalled(program), program + " is not installed");
    }

    private static boolean isInstalled(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }

    private Map<String, String> withoutDocker(String service, int port) throws IOException {
        String variable = "INFRASTRUCTURE_" + service.toUpperCase(Locale.ROOT) + "_PORT";
        return script().withoutDocker(Map.of("SERVICES", service, variable, Integer.toString(port)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private DatabaseScript script() {
        return new DatabaseScript(directory);
    }
}
