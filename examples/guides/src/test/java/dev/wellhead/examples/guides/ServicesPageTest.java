package dev.wellhead.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the blocks of {@code docs/services.md} with the servers that {@code make infrastructure-up} starts without Docker.
 * The servers are about 125 MB on Maven Central, so this test needs {@code -Dservices}.
 */
@EnabledIfSystemProperty(named = "services", matches = ".*", disabledReason = "-Dservices downloads and starts servers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicesPageTest {

    private static final String PAGE = "docs/services.md";
    private static final String SERVICES = "cache queue storage search";
    private static final BlockCompiler COMPILER = new BlockCompiler();

    @TempDir
    static Path directory;

    private static LocalServices services;

    @BeforeAll
    static void startTheServices() throws Exception {
        // the servers of root run as another user
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        services = new LocalServices(directory);
        String output = services.up(SERVICES);
        assertThat(services.variables())
                .as(output)
                .containsOnlyKeys("REDIS_URL", "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_S3", "OPENSEARCH_URL");
    }

    @AfterAll
    static void stopTheServices() throws Exception {
        services.run("down", "");
        COMPILER.close();
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            value = {
                "Redis.fromEnvironment | REDIS_URL | 1250",
                "SqsClient | AWS_ENDPOINT_URL_SQS | {\"entry\": 1}",
                "com.rabbitmq | AMQP_URL | ",
                "S3Client | AWS_ENDPOINT_URL_S3 | account;balance",
                "entries/_doc | OPENSEARCH_URL | \"result\":\"created\"",
            })
    void block_withTheServerOfThisMachine_worksAsOnThePage(
            String content, String variable, String expected, @TempDir Path classes) throws Exception {
        assumeTrue(
                services.variables().containsKey(variable),
                "Without Docker there is no server for " + variable + ", so the block with " + content + " is not run");
        Snippet block = Snippet.of(PAGE).stream()
                .filter(snippet -> snippet.isJava() && snippet.code().contains(content))
                .findFirst()
                .orElseThrow();
        assertThat(COMPILER.compile(List.of(block), classes)).isEmpty();

        try (ChildJvm child = ChildJvm.start(classes, environment(), block.mainClass())) {
            assertThat(child.end()).as(child.output()).isZero();
            assertThat(child.output()).contains(expected);
        }
    }

    @Test
    @Order(2)
    void services_withoutDocker_listenOnLoopbackOnly() throws Exception {
        Process ss = new ProcessBuilder("sh", "-c", "command -v ss >/dev/null && ss -Hltnp").start();
        List<String> sockets =
                new String(ss.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assumeTrue(ss.waitFor() == 0, "ss is not installed");

        services.processes().forEach((name, process) -> assertThat(sockets)
                .as(name)
                .filteredOn(socket -> socket.contains(",pid=" + process.pid() + ","))
                .isNotEmpty()
                .allMatch(socket -> socket.contains("127.0.0.1")));
    }

    @Test
    @Order(2)
    void queue_messageThatFailsFiveTimes_isMovedToTheDeadLetters() throws Exception {
        queue("ledger-entries", "Action=SendMessage&MessageBody=poison");
        for (int i = 0; i < 5; i++) {
            assertThat(queue("ledger-entries", "Action=ReceiveMessage&VisibilityTimeout=0"))
                    .contains("poison");
        }

        assertThat(queue("ledger-entries", "Action=ReceiveMessage")).doesNotContain("poison");
        assertThat(queue("ledger-entries-dead-letters", "Action=ReceiveMessage&WaitTimeSeconds=20"))
                .contains("poison");
    }

    @Test
    @Order(3)
    void services_restarted_keepTheirData() throws Exception {
        assertThat(redis("SET kept yes")).isEqualTo("+OK");
        Map<String, ProcessHandle> before = services.processes();
        assertThat(before).containsOnlyKeys(SERVICES.split(" "));

        assertThat(services.run("down", SERVICES).lines())
                .containsExactly(
                        "cache has stopped. Its data is kept.",
                        "queue has stopped. Its queues are kept, its messages are not.",
                        "storage has stopped. Its data is kept.",
                        "search has stopped. Its data is kept.");
        assertThat(before.values()).noneMatch(ProcessHandle::isAlive);
        services.up(SERVICES);

        assertThat(redis("GET kept")).isEqualTo("$3");
        assertThat(get("AWS_ENDPOINT_URL_S3", "/ledger-statements/2026/01.csv")).isEqualTo("account;balance");
        assertThat(get("OPENSEARCH_URL", "/entries/_search?q=text:rent")).contains("\"value\":1,");
        assertThat(queue("ledger-entries", "Action=ReceiveMessage")).contains("ReceiveMessageResult");
    }

    @Test
    @Order(4)
    void services_everyVerb_knowsThem() throws Exception {
        assertThat(services.run("status", "").lines())
                .hasSize(5)
                .anyMatch(line -> line.matches("queue: running on 127\\.0\\.0\\.1:\\d+, process \\d+"));
        assertThat(services.run("logs", "queue")).contains("=== ElasticMQ server (", ") started in ");
        Map<String, ProcessHandle> running = services.processes();

        assertThat(services.run("clean", "").lines())
                .contains("The data of cache has been deleted.", "The data of search has been deleted.");

        assertThat(running.values()).noneMatch(ProcessHandle::isAlive);
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private static String queue(String name, String query) throws IOException, InterruptedException {
        return get("AWS_ENDPOINT_URL_SQS", "/000000000000/" + name + "?" + query);
    }

    private static String get(String variable, String path) throws IOException, InterruptedException {
        URI uri = URI.create(services.variables().get(variable) + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** {@return the first line of the answer} */
    private static String redis(String command) throws IOException {
        URI uri = URI.create(services.variables().get("REDIS_URL"));
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
            return answer.readLine();
        }
    }

    /** {@return the variables that the page names for programs on this machine} */
    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(services.variables());
        Repository.read(PAGE)
                .lines()
                .filter(line -> line.matches("AWS_[A-Z_]+=\\S+"))
                .forEach(line -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        assertThat(environment).containsKeys("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        // the page has the address with the usual port
        assertThat(Repository.read(PAGE))
                .contains(
                        "`ENTRIES_QUEUE_URL=http://127.0.0.1:9324/000000000000/ledger-entries`",
                        "`STATEMENTS_BUCKET=ledger-statements`");
        environment.put("ENTRIES_QUEUE_URL", environment.get("AWS_ENDPOINT_URL_SQS") + "/000000000000/ledger-entries");
        environment.put("STATEMENTS_BUCKET", "ledger-statements");
        return environment;
    }
}
