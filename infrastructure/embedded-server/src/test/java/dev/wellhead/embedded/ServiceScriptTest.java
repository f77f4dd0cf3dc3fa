package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.DatabaseScript.Result;
import dev.wellhead.embedded.internal.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the services beside PostgreSQL in {@code infrastructure/bin}. Docker, the JVM of the embedded server and the cache
 * are replaced by scripts, except in the last test, which runs the Redis or Valkey of this machine.
 */
class ServiceScriptTest {

    private static final String EVERY_SERVICE = "cache queue rabbitmq storage search pooler metrics";

    private static final String CACHE = "echo \"$*\"\ncat\necho 'Running mode=standalone, port=6399.'\n"
            + "echo 'Ready to accept connections'\n"
            + DatabaseScript.UNTIL_TERM;

    @TempDir
    Path directory;

    @BeforeEach
    void needsAShell() throws IOException {
        assumeFalse(Platform.current().isWindows(), "Windows has no POSIX shell of its own");
        EnterableDirectory.open(directory);
    }

    @AfterEach
    void stopTheServers() throws Exception {
        if (Files.exists(directory.resolve("data/server.pid")) || Files.exists(directory.resolve("data/cache.pid"))) {
            script().run(Map.of(), "down");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "logs", "clean"})
    void services_withAnUnknownName_listTheValidOnes(String verb) throws Exception {
        assertThat(script().run(Map.of("SERVICES", "cache redis"), verb))
                .isEqualTo(new Result(
                        1,
                        "SERVICES has 'redis', which is not a service. Use some of: cache queue rabbitmq storage search"
                                + " pooler metrics."));
        assertThat(script().run(Map.of("INFRASTRUCTURE_CACHE", "memcached"), verb))
                .isEqualTo(new Result(1, "INFRASTRUCTURE_CACHE is 'memcached'. Use one of: redis, valkey."));
    }

    @Test
    void docker_upWithServices_startsTheirProfilesAndPrintsTheirVariables() throws Exception {
        Result up = inDocker(Map.of("SERVICES", " " + EVERY_SERVICE.replace(" ", "  ")), "up");

        assertThat(up)
                .isEqualTo(
                        new Result(
                                0,
                                """
                        PostgreSQL 16 is running in Docker: localhost:5432, database monorepo_dev, user postgres, password postgres.
                        cache is running in Docker: REDIS_URL=redis://127.0.0.1:6379
                        queue is running in Docker: AWS_ENDPOINT_URL_SQS=http://127.0.0.1:9324
                        rabbitmq is running in Docker: AMQP_URL=amqp://guest:guest@127.0.0.1:5672
                        storage is running in Docker: AWS_ENDPOINT_URL_S3=http://127.0.0.1:9090
                        search is running in Docker: OPENSEARCH_URL=http://127.0.0.1:9200
                        pooler is running in Docker: DB_PORT=6432 DB_POOLER=pgbouncer
                        metrics is running in Docker: Grafana http://127.0.0.1:3000, Prometheus http://127.0.0.1:9091"""));
        assertThat(script().dockerCalls())
                .containsExactly("compose --file " + DatabaseScript.COMPOSE_FILE
                        + " --profile cache --profile queue --profile rabbitmq --profile storage --profile search"
                        + " --profile pooler --profile metrics up --detach --wait");
    }

    @Test
    void docker_variables_areThoseOfTheLedgerWithKeysForTheSdk() throws Exception {
        assertThat(inDocker(Map.of("SERVICES", EVERY_SERVICE), "variables"))
                .isEqualTo(
                        new Result(
                                0,
                                """
                        REDIS_URL=redis://127.0.0.1:6379
                        AWS_ENDPOINT_URL_SQS=http://127.0.0.1:9324
                        ENTRIES_QUEUE_URL=http://127.0.0.1:9324/000000000000/ledger-entries
                        AMQP_URL=amqp://guest:guest@127.0.0.1:5672
                        AWS_ENDPOINT_URL_S3=http://127.0.0.1:9090
                        STATEMENTS_BUCKET=ledger-statements
                        OPENSEARCH_URL=http://127.0.0.1:9200
                        DB_PORT=6432
                        DB_POOLER=pgbouncer
                        AWS_REGION=us-east-1
                        AWS_ACCESS_KEY_ID=local
                        AWS_SECRET_ACCESS_KEY=local"""));
        assertThat(inDocker(Map.of("SERVICES", "search metrics"), "variables"))
                .isEqualTo(new Result(0, "OPENSEARCH_URL=http://127.0.0.1:9200"));
        assertThat(inDocker(Map.of(), "variables")).isEqualTo(new Result(0, ""));
    }

    @ParameterizedTest
    @CsvSource({"redis, cache, valkey", "valkey, valkey, redis"})
    void docker_upWithTheOtherCache_removesItsContainerFirst(String server, String profile, String other)
            throws Exception {
        Map<String, String> cache = Map.of("SERVICES", "cache", "INFRASTRUCTURE_CACHE", server);

        assertThat(inDocker(cache, "up", "monorepo-" + other).code()).isZero();

        assertThat(script().dockerCalls())
                .containsExactly(
                        DatabaseScript.composeWithEveryProfile() + " rm --stop --force " + other,
                        "compose --file " + DatabaseScript.COMPOSE_FILE + " --profile " + profile
                                + " up --detach --wait");
    }

    @Test
    void docker_statusOfRunningServices_printsEachContainer() throws Exception {
        assertThat(inDocker(Map.of(), "status", "monorepo-elasticmq", "monorepo-grafana"))
                .isEqualTo(
                        new Result(
                                0,
                                """
                        docker: monorepo-postgres is not created
                        docker: monorepo-elasticmq is true (queue)
                        docker: monorepo-grafana is true (metrics)"""));
    }

    @Test
    void docker_logsDownAndCleanOfServices_leaveTheDatabaseAlone() throws Exception {
        Map<String, String> services = Map.of("SERVICES", "storage pooler metrics");

        assertThat(inDocker(services, "logs").code()).isZero();
        assertThat(inDocker(services, "down").code()).isZero();
        assertThat(inDocker(services, "clean"))
                .isEqualTo(new Result(
                        1,
                        "This deletes the data of: storage pooler metrics. There is no terminal for a confirmation. Set"
                                + " FORCE=1 to confirm."));
        assertThat(inDocker(Map.of("SERVICES", "storage pooler metrics", "FORCE", "1"), "clean")
                        .code())
                .isZero();

        String compose = DatabaseScript.composeWithEveryProfile();
        assertThat(script().dockerCalls())
                .containsExactly(
                        compose + " logs --tail=100 s3mock pgbouncer prometheus grafana",
                        compose + " rm --stop --force s3mock pgbouncer prometheus grafana",
                        compose + " rm --stop --force s3mock pgbouncer prometheus grafana",
                        "volume rm --force s3mock_data",
                        "volume rm --force prometheus_data",
                        "volume rm --force grafana_data");
    }

    @Test
    void embedded_upWithServicesThatNeedDocker_startsTheDatabaseAndNamesThem() throws Exception {
        Result up = script().run(script().withoutDocker(Map.of("SERVICES", "cache rabbitmq pooler metrics")), "up");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.output())
                .matches(
                        """
                        (?s)PostgreSQL 16 is running without Docker [^\n]+
                        cache needs Docker, or redis-server on the PATH\\. Maven has no Redis for [a-z]+-[a-z0-9_]+\\.
                        rabbitmq needs Docker\\.
                        pooler needs Docker, or pgbouncer on the PATH\\.
                        metrics needs Docker, or prometheus on the PATH\\.
                        Not every service was started\\.""");
        assertThat(script().run(Map.of(), "status").output())
                .matches("embedded: running on localhost:5499, process [^\n]+");
        assertThat(script().run(Map.of("SERVICES", "rabbitmq"), "status").output())
                .endsWith("\nrabbitmq: needs Docker");
        assertThat(script().run(Map.of("SERVICES", "rabbitmq queue"), "clean"))
                .isEqualTo(new Result(1, "There is no data of: rabbitmq queue. Nothing was changed."));
        assertThat(script().run(
                                script().withoutDocker(Map.of("SERVICES", "cache", "INFRASTRUCTURE_CACHE", "valkey")),
                                "up")
                        .output())
                .endsWith("\ncache needs Docker, or valkey-server on the PATH.\nNot every service was started.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "valkey"})
    void embedded_cacheFromUpToClean_runsTheServerOfThePath(String server) throws Exception {
        script().withProgram(server + "-server", CACHE);
        Map<String, String> cache =
                script().withoutDocker(Map.of("SERVICES", "cache", "INFRASTRUCTURE_CACHE_PORT", "6399"));
        Path data = directory.resolve("data");

        Result up = script().run(cache, "up");

        assertThat(up.code()).as(up.output()).isZero();
        assertThat(up.output())
                .matches("(?s)PostgreSQL 16 is running .*\ncache is running without Docker \\(process \\d+\\):"
                        + " REDIS_URL=redis://127\\.0\\.0\\.1:6399");
        assertThat(data.resolve("cache.log"))
                .content()
                .startsWith("--bind 127.0.0.1 --port 6399 --dir " + data.resolve(server) + " --daemonize no -\n")
                .contains("user default on nopass ", "-config", "appendonly yes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(server))))
                .isEqualTo("rwx------");
        assertThat(script().run(cache, "up").output()).contains("\ncache is already running without Docker (process ");
        assertThat(script().run(cache, "variables")).isEqualTo(new Result(0, "REDIS_URL=redis://127.0.0.1:6399"));
        assertThat(script().run(Map.of(), "status").output())
                .matches("embedded: running [^\n]+\ncache: running on 127\\.0\\.0\\.1:6399, process \\d+");
        assertThat(script().run(cache, "logs").output()).endsWith("Ready to accept connections");
        assertThat(script().run(cache, "down")).isEqualTo(new Result(0, "cache has stopped. Its data is kept."));
        assertThat(script().run(cache, "down")).isEqualTo(new Result(0, "cache is not running."));
        assertThat(script().run(Map.of(), "status").output()).matches("embedded: running [^\n]+\ncache: not running");
        assertThat(script().run(cache, "clean").code()).isEqualTo(1);
        assertThat(data.resolve(server)).exists();
        Map<String, String> confirmed = Map.of("SERVICES", "cache", "FORCE", "1");
        assertThat(script().run(confirmed, "clean")).isEqualTo(new Result(0, "The data of cache has been deleted."));
        assertThat(data.resolve(server)).doesNotExist();
        assertThat(data.resolve("cache.pid")).doesNotExist();
    }

    @Test
    void embedded_downAndCleanWithoutServices_includeTheCache() throws Exception {
        script().withProgram("redis-server", CACHE);
        assertThat(script().run(script().withoutDocker(Map.of("SERVICES", "cache")), "up")
                        .code())
                .isZero();

        assertThat(script().run(Map.of(), "down").output())
                .startsWith("cache has stopped. Its data is kept.\nThe embedded database has stopped. ");

        assertThat(script().run(Map.of(), "clean").output())
                .startsWith("This deletes the database in " + directory.resolve("data/postgresql")
                        + ", and the data of: cache.");
        assertThat(script().run(Map.of("FORCE", "1"), "clean").output())
                .startsWith("The data of cache has been deleted.\nThe database in ");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void embedded_serversInTheBackground_areNotInTheProcessGroupThatCtrlCEnds() throws Exception {
        script().withProgram("redis-server", CACHE);
        assertThat(script().run(script().withoutDocker(Map.of("SERVICES", "cache")), "up")
                        .code())
                .isZero();

        for (String server : List.of("server", "cache")) {
            String pid = Files.readString(directory.resolve("data/" + server + ".pid"))
                    .strip();
            assertThat(script().execute(List.of("ps", "-o", "pgid=", "-p", pid), Map.of())
                            .output())
                    .as(server)
                    .isEqualTo(pid);
        }
    }

    @Test
    void embedded_cacheThatEnds_isReportedWithItsLog() throws Exception {
        script().withProgram("redis-server", "echo 'bind: Address already in use'; exit 1");

        Result up = script().run(script().withoutDocker(Map.of("SERVICES", "cache")), "up");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.output())
                .endsWith("bind: Address already in use\ncache did not start. The whole log is in "
                        + directory.resolve("data/cache.log") + "\nNot every service was started.");
        assertThat(directory.resolve("data/cache.pid")).doesNotExist();
    }

    @Test
    void embedded_withThePidFileOfAnotherProgram_doesNotStopIt() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(
                directory.resolve("data/cache.pid"),
                Long.toString(ProcessHandle.current().pid()));
        assertThat(script().run(Map.of("SERVICES", "cache"), "down")).isEqualTo(new Result(0, "cache is not running."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "valkey"})
    void embedded_realCache_keepsItsDataAndRefusesAdministrativeCommands(String server) throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v " + server + "-server")
                                .start()
                                .waitFor()
                        == 0,
                server + "-server is not installed");
        int port = freePort();
        Map<String, String> cache = Map.of(
                "SERVICES",
                "cache",
                "INFRASTRUCTURE_CACHE",
                server,
                "INFRASTRUCTURE_CACHE_PORT",
                Integer.toString(port),
                "JAVA_HOME",
                script().stubOfJava());
        Result up = script().run(cache, "up");
        assertThat(up.code()).as(up.output()).isZero();
        assertThat(command(port, "SET greeting hello")).isEqualTo("+OK");
        assertThat(command(port, "CONFIG SET dir /tmp")).startsWith("-NOPERM");
        assertThat(command(port, "SHUTDOWN")).startsWith("-NOPERM");
        assertThat(command(port, "ACL SETUSER default +@all")).startsWith("-NOPERM");
        assertThat(script().run(cache, "down").code()).isZero();
        assertThat(script().run(cache, "up").code()).isZero();

        assertThat(command(port, "GET greeting")).isEqualTo("$5");
    }

    /** {@return the first line of the answer} */
    private static String command(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
            return answer.readLine();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Result inDocker(Map<String, String> environment, String verb, String... containers) throws Exception {
        Map<String, String> all = new HashMap<>(script().withDocker(containers));
        all.putAll(environment);
        return script().run(all, verb);
    }

    private DatabaseScript script() {
        return new DatabaseScript(directory);
    }
}
