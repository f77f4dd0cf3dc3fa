package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The section and the JSON of the other services in {@code explain} and {@code doctor}. */
class OtherServicesTest {

    private static final String PASSWORD = "Vq4-unmistakable-7w";

    private static Map<String, String> with(Map<String, String> more) {
        PostgresServer server = PostgresServer.shared();
        Map<String, String> variables = new HashMap<>(Map.of(
                "DB_HOST",
                server.host(),
                "DB_PORT",
                Integer.toString(server.port()),
                "DB_NAME",
                "postgres",
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD));
        variables.putAll(more);
        return variables;
    }

    private static List<String> lines(Run run) {
        assertThat(run.out() + run.err()).doesNotContain(PASSWORD);
        return run.out().lines().map(String::stripTrailing).toList();
    }

    private static JsonObject valid(Run run, String schema) throws IOException {
        assertThat(run.out() + run.err()).doesNotContain(PASSWORD);
        JsonObject json = run.json();
        assertThat(JsonSchema.errors(
                        JsonParser.parseString(Files.readString(Path.of("..", "docs", schema + ".schema.json")))
                                .getAsJsonObject(),
                        json))
                .isEmpty();
        return json;
    }

    @Test
    void explain_withoutOtherServices_hasNoSection() {
        assertThat(lines(Run.piped(with(Map.of()), "explain"))).doesNotContain("Other services");
    }

    @Test
    void explain_services_areListedWithTheirOrigins() {
        List<String> lines = lines(Run.piped(
                with(Map.of(
                        "REDIS_URL", "rediss://app:" + PASSWORD + "@cache.internal:6379",
                        "AWS_ENDPOINT_URL_S3", "http://localhost:9090",
                        "DB_POOLER", "pgbouncer")),
                "explain"));

        int title = lines.indexOf("Other services");
        // the width of a column depends on the number of digits of the port
        assertThat(lines.subList(title, title + 6).stream().map(line -> line.replaceAll("(?<=\\S) {2,}", "  ")))
                .containsExactly(
                        "Other services",
                        "  cache  rediss://cache.internal:6379  REDIS_URL",
                        "  storage  http://localhost:9090  AWS_ENDPOINT_URL_S3",
                        "  pooler  postgresql://" + PostgresServer.shared().host() + ":"
                                + PostgresServer.shared().port() + ", pgbouncer  DB_POOLER",
                        "  Warning: With the host 'localhost' in AWS_ENDPOINT_URL_S3, clients of S3 look up"
                                + " BUCKET.localhost. Set AWS_ENDPOINT_URL_S3 to http://127.0.0.1:9090, or create the"
                                + " client with forcePathStyle(true).",
                        "");
        assertThat(lines).last().asString().endsWith("'wellhead explain --all' shows everything.");
    }

    /** The exit code is that of the database. */
    @Test
    void explain_invalidUrlOfAService_doesNotChangeTheResult() throws IOException {
        Run run = Run.piped(with(Map.of("AMQP_URL", "app:" + PASSWORD + "@mq")), "explain", "--json");

        JsonObject json = valid(run, "explain");
        assertThat(run.code()).isZero();
        assertThat(json.get("verdict").getAsString()).isEqualTo("ok");
        assertThat(json.getAsJsonArray("services").get(0))
                .hasToString("{\"service\":\"rabbitmq\",\"name\":\"default\",\"address\":null,\"tls\":null,"
                        + "\"place\":\"unknown address\",\"origin\":\"environment variable AMQP_URL\","
                        + "\"originKind\":\"environment-variable\",\"variable\":\"AMQP_URL\",\"file\":null,\"line\":null,"
                        + "\"problem\":\"AMQP_URL is not a valid URL that begins with amqp:// or amqps://.\","
                        + "\"fix\":\"Correct AMQP_URL. In a password, write the characters / ? # as %2F"
                        + " %3F %23.\"}");
    }

    @Test
    void doctor_withoutOtherServices_hasNoSection() {
        assertThat(lines(Run.piped(with(Map.of()), "doctor"))).doesNotContain("Other services");
    }

    @Test
    void doctor_serviceThatDoesNotAnswer_isReportedButTheDatabaseWorks() {
        int port = FreePort.find();
        Run run = Run.piped(with(Map.of("REDIS_URL", "redis://:" + PASSWORD + "@127.0.0.1:" + port)), "doctor");

        List<String> lines = lines(run);
        assertThat(run.code()).isZero();
        int title = lines.indexOf("Other services");
        assertThat(lines.get(title + 1))
                .matches("FAIL  cache           (<1 ms|\\d+ ms|\\d+ s) +redis://127\\.0\\.0\\.1:" + port
                        + ": nothing listens on this port\\. From: environment variable REDIS_URL"
                        + " \\[refused]");
        assertThat(lines.get(title + 2).strip()).isEqualTo("Fix: Start it, or correct REDIS_URL.");
        assertThat(lines).last().asString().endsWith(" 1 other service fails.").startsWith("OK: ");
    }

    @Test
    void doctor_invalidSettingsOfTheDatabase_checkTheServices() throws IOException {
        PostgresServer server = PostgresServer.shared();
        Run run = Run.piped(
                with(Map.of(
                        "DB_SSLMODE", "yes",
                        "DB_POOLER", "pgbouncer",
                        "AMQP_URL", "amqp://app:" + PASSWORD + "@127.0.0.1:" + FreePort.find())),
                "doctor",
                "--json");

        JsonObject json = valid(run, "doctor");
        assertThat(run.code()).isEqualTo(78);
        List<String> services = json.getAsJsonArray("services").asList().stream()
                .map(service -> service.getAsJsonObject().get("service").getAsString() + " "
                        + service.getAsJsonObject().get("status").getAsString() + " "
                        + service.getAsJsonObject().get("result").getAsString())
                .toList();
        assertThat(services)
                .containsExactly(
                        "rabbitmq failed nothing listens on this port. From: environment variable AMQP_URL",
                        "pooler ok answers PostgreSQL");
        assertThat(json.getAsJsonArray("services")
                        .get(1)
                        .getAsJsonObject()
                        .get("address")
                        .getAsString())
                .isEqualTo("postgresql://" + server.host() + ":" + server.port());
    }

    @Test
    void doctorService_thatAnswers_isZeroWithoutADatabase() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread search = new Thread(() -> answer(socket));
            search.setDaemon(true);
            search.start();
            Run run = Run.piped(
                    Map.of("OPENSEARCH_URL", "http://127.0.0.1:" + socket.getLocalPort(), "DB_SSLMODE", "yes"),
                    "doctor",
                    "--service",
                    "search");

            assertThat(run.code()).isZero();
            List<String> lines = lines(run);
            assertThat(lines.get(0)).isEqualTo("Service 'search'");
            assertThat(lines.get(2))
                    .matches("ok    settings +http://127\\.0\\.0\\.1:" + socket.getLocalPort()
                            + " \\(OPENSEARCH_URL\\)");
            assertThat(lines).anyMatch(line -> line.matches("ok    answer .* answers with HTTP status 200"));
            assertThat(lines).last().isEqualTo("OK: service 'search' answers.");
        }
    }

    private static void answer(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            assertThat(client.getInputStream().read(new byte[4096])).isPositive();
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // the test fails without an answer
        }
    }

    @Test
    void doctorService_thatDoesNotAnswer_hasItsOwnExitCode() throws IOException {
        int port = FreePort.find();
        Map<String, String> variables = Map.of("SESSIONS_REDIS_URL", "redis://:" + PASSWORD + "@127.0.0.1:" + port);

        Run run = Run.piped(variables, "doctor", "--service", "cache", "--name", "sessions", "--json");
        JsonObject json = valid(run, "doctor-service");
        assertThat(run.code()).isEqualTo(75);
        assertThat(json.getAsJsonObject("failure").get("sentence").getAsString())
                .isEqualTo("127.0.0.1:" + port + ": nothing listens on this port.");
        assertThat(lines(Run.piped(variables, "doctor", "--service", "cache", "--name", "sessions")))
                .startsWith("Service 'cache sessions'")
                .last()
                .isEqualTo("FAILED: 127.0.0.1:" + port + ": nothing listens on this port.");
    }

    @Test
    void service_thatIsNotNamed_isAConfigurationError() throws IOException {
        Run explain = Run.piped(Map.of(), "explain", "--service", "queue");
        Run doctor = Run.piped(Map.of(), "doctor", "--service", "queue", "--json");

        assertThat(explain.code()).isEqualTo(78);
        assertThat(lines(explain))
                .containsExactly(
                        "Error: The environment names no service 'queue'.", "  Set AWS_ENDPOINT_URL_SQS or QUEUE_URL.");
        assertThat(doctor.code()).isEqualTo(78);
        assertThat(valid(doctor, "doctor-service").get("verdict").getAsString()).isEqualTo("configuration");
    }

    @Test
    void explainService_ofAWorkingConfiguration_isTheOneService() throws IOException {
        Map<String, String> variables =
                Map.of("AMQP_URL", "amqps://app:" + PASSWORD + "@mq.internal", "REDIS_URL", "redis://127.0.0.1");

        assertThat(lines(Run.piped(variables, "explain", "--service", "rabbitmq")))
                .containsExactly("  rabbitmq  amqps://mq.internal:5671  AMQP_URL");
        JsonObject json = valid(Run.piped(variables, "explain", "--service", "rabbitmq", "--json"), "explain-service");
        assertThat(json.getAsJsonArray("services")).hasSize(1);
    }

    /** A byte per second: no read of the handshake takes long, but the handshake does not end. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doctor_serviceThatAnswersSlowly_doesNotKeepTheCommandFromEnding() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread slow = new Thread(() -> answerSlowly(socket));
            slow.setDaemon(true);
            slow.start();
            Run run = Run.piped(
                    with(Map.of("OPENSEARCH_URL", "https://127.0.0.1:" + socket.getLocalPort())),
                    "doctor",
                    "--timeout",
                    "10m",
                    "--json");

            JsonObject search =
                    valid(run, "doctor").getAsJsonArray("services").get(0).getAsJsonObject();
            assertThat(run.code()).isZero();
            assertThat(search.get("result").getAsString()).isEqualTo("the time was up before it answered");
            assertThat(search.get("fix").getAsString())
                    .isEqualTo("Run 'wellhead doctor --service search' to see the stage that is slow.");
        }
    }

    private static void answerSlowly(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            // the header of a record with a message of the handshake
            client.getOutputStream().write(new byte[] {22, 3, 3, 0x3f, 0});
            while (!socket.isClosed()) {
                client.getOutputStream().write(0);
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (IOException | InterruptedException e) {
            // the command has ended
        }
    }

    static Stream<Throwable> defects() {
        return Stream.of(
                new IllegalStateException("the file cannot be read"), new NoClassDefFoundError("dev/wellhead/Missing"));
    }

    /** A defect must not prevent the verdict about the database. */
    @ParameterizedTest
    @MethodSource("defects")
    void services_thatCannotBeListed_areOneSentenceOfTheVerdict(Throwable defect) throws InterruptedException {
        Map<String, String> variables = Map.of("SESSIONS_REDIS_URL", "redis://127.0.0.1");
        CommandContext context = new CommandContext(
                variables,
                name -> {
                    if (defect instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) defect;
                },
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                Terminal.PIPE,
                Terminal.PIPE);

        OtherServices services = OtherServices.start(SettingsRequest.of("default", variables), context);
        services.await(Duration.ofMinutes(2));

        assertThat(services.text(Terminal.PIPE)).isEmpty();
        assertThat(services.verdict()).isEqualTo("The other services could not be listed.");
        assertThat(services.json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctor --service cache --database sessions|--database does not select a service."
                        + " Use --service cache --name sessions.",
                "explain --service cache --migration|--migration does not select a service."
                        + " Use --service cache --name sessions.",
                "explain --service queue -d orders|--database does not select a service. Omit it.",
                "doctor --service queue --instances 3|--instances is only for a database.",
            })
    void service_withADatabase_isWrongUsage(String arguments, String message) {
        Run run = Run.piped(Map.of("REDIS_URL", "redis://127.0.0.1"), arguments.split(" "));

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err().lines().findFirst()).contains(message);
    }

    @Test
    void pooler_ofANamedDatabase_isSelectedByTheDatabase() {
        Map<String, String> variables =
                Map.of("ORDERS_DB_HOST", "pooler.internal", "ORDERS_DB_PORT", "6432", "ORDERS_DB_POOLER", "pgbouncer");

        assertThat(lines(Run.piped(variables, "explain", "--service", "pooler", "--database", "orders")))
                .containsExactly("  pooler  postgresql://pooler.internal:6432, pgbouncer  ORDERS_DB_POOLER");
    }

    @ParameterizedTest
    @CsvSource({"redis, cache", "Valkey, cache", "SQS, queue", "s3, storage", "search, search"})
    void service_nameOfAProduct_isThatService(String name, String service) throws IOException {
        Run run = Run.piped(Map.of(), "explain", "--service", name, "--json");

        assertThat(valid(run, "explain-service").get("service").getAsString()).isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource({"qeue, queue", "rediss, redis", "opensaerch, opensearch"})
    void service_misspelt_isProposed(String name, String proposal) {
        Run run = Run.piped(Map.of(), "doctor", "--service", name);

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err().lines().findFirst().orElseThrow()).endsWith(". Did you mean " + proposal + "?");
    }

    @Test
    void argument_withEscapeSequences_isShownWithoutThem() {
        Run run = Run.piped(Map.of(), "explain", "--service", "queue", "x\u001b]0;title\u0007\r\u009b31m");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).startsWith("Unmatched argument").doesNotContain("\u001b", "\u0007", "\r", "\u009b");
    }

    /** The last lines of the output contain the reason, and what was not tested. */
    @Test
    void doctorService_timeIsUp_namesTheRunningStage() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String server = "127.0.0.1:" + silent.getLocalPort();
            Run run = Run.piped(
                    Map.of("OPENSEARCH_URL", "http://app:" + PASSWORD + "@" + server),
                    "doctor",
                    "--service",
                    "search",
                    "--timeout",
                    "2s");

            assertThat(run.code()).isEqualTo(124);
            assertThat(lines(run)).last().isEqualTo("TIMED OUT: the time was up during answer on " + server + ".");
        }
    }

    @Test
    void service_thatDoesNotExist_isWrongUsage() {
        Run unknown = Run.piped(Map.of(), "doctor", "--service", "mail");
        Run name = Run.piped(Map.of(), "explain", "--service", "queue", "--name", "x");

        assertThat(unknown.code()).isEqualTo(64);
        assertThat(unknown.err())
                .startsWith(
                        "--service must be one of cache, queue, topic, rabbitmq, storage, search, metrics, pooler.");
        assertThat(name.code()).isEqualTo(64);
        assertThat(name.err()).startsWith("--name is only for --service cache.");
    }
}
