package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.AnsweringProcess;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CommandLoad;
import dev.wellhead.testkit.RedisServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotations on a real Redis under load: a service with eight threads runs commands while the server closes all of its
 * connections many times per second. The time between two steps of a rotation is measured in closed connections.
 */
class RedisRotationTest {

    private static final String ID = "prod/cache";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int KILL_MILLIS = 25;

    /** Each of the eight connections is closed ten times. */
    private static final int GAP = 80;

    private static final int MOST_READS = 3;

    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger killed = new AtomicInteger();
    private final RedisServer server = RedisServer.start();
    private final SecretsManagerServer store = SecretsManagerServer.start();

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void create() {
        server.setPasswords("app", "pw-1");
        store.put(ID, login("app", "pw-1"));
    }

    @AfterEach
    void close() {
        killer.shutdownNow();
        server.close();
        store.close();
    }

    private static String login(String user, String password) {
        return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }

    private AnsweringProcess startLoad() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ENVIRONMENT", "test");
        environment.put("REDIS_HOST", server.host());
        environment.put("REDIS_PORT", Integer.toString(server.port()));
        environment.put("REDIS_SECRET_ID", ID);
        environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
        AnsweringProcess load = AnsweringProcess.start(LoadService.class, home, environment);
        assertThat(load.answer()).as(load.log()).isEqualTo("ready");
        ScheduledFuture<?> unused = killer.scheduleWithFixedDelay(this::kill, 0, KILL_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void kill() {
        killed.addAndGet(server.kill("app") + server.kill("app_clone"));
    }

    private void awaitKills() {
        int until = killed.get() + GAP;
        Await.until(LIMIT, "connections are closed and opened", () -> killed.get() >= until);
    }

    private void assertNothingFailed(AnsweringProcess load) throws IOException {
        CommandLoad.Outcome outcome = CommandLoad.Outcome.parse(load.ask());
        assertThat(outcome.failed()).as(load.log()).isZero();
        assertThat(outcome.commands()).isGreaterThan(GAP);
        assertThat(load.log()).doesNotContain("pw-");
    }

    private void assertFewReads() {
        assertThat(store.calls()).hasSizeLessThanOrEqualTo(MOST_READS);
        store.forgetCalls();
    }

    /** ElastiCache users can have two passwords: the old one is removed after the services have the new one. */
    @Test
    void rotation_ofAUserWithTwoPasswords_failsNoCommand() throws Exception {
        try (AnsweringProcess load = startLoad()) {
            awaitKills();
            store.forgetCalls();
            for (int rotation = 2; rotation <= 3; rotation++) {
                String before = "pw-" + (rotation - 1);
                String after = "pw-" + rotation;
                store.createPending(ID, login("app", after));
                server.setPasswords("app", before, after);
                awaitKills();
                store.finish(ID);
                awaitKills();
                server.setPasswords("app", after);
                awaitKills();
                assertFewReads();
            }
            assertNothingFailed(load);
        }
    }

    /** The server has the pending password before the secret is current. */
    @Test
    void rotation_ofAUserWithOnePassword_failsNoCommand() throws Exception {
        try (AnsweringProcess load = startLoad()) {
            awaitKills();
            store.forgetCalls();
            for (int rotation = 2; rotation <= 3; rotation++) {
                String after = "pw-" + rotation;
                store.createPending(ID, login("app", after));
                server.setPasswords("app", after);
                awaitKills();
                store.finish(ID);
                awaitKills();
                assertFewReads();
            }
            assertNothingFailed(load);
        }
    }

    /** The user before is deleted at the end, which closes its sessions. */
    @Test
    void rotation_ofAlternatingUsers_failsNoCommand() throws Exception {
        try (AnsweringProcess load = startLoad()) {
            awaitKills();
            store.forgetCalls();
            store.createPending(ID, login("app_clone", "pw-clone"));
            server.setPasswords("app_clone", "pw-clone");
            awaitKills();
            store.finish(ID);
            awaitKills();
            server.command("ACL", "DELUSER", "app");
            awaitKills();
            assertFewReads();
            assertNothingFailed(load);
        }
    }

    /** The first login of a service finds the password of the window between the two steps. */
    @Test
    void rotation_coldStartInsideTheWindow_failsNoCommand() throws Exception {
        store.createPending(ID, login("app", "pw-2"));
        server.setPasswords("app", "pw-2");
        try (AnsweringProcess load = startLoad()) {
            awaitKills();
            store.finish(ID);
            awaitKills();
            assertNothingFailed(load);
        }
    }

    /** The password that the service has is still good. */
    @Test
    void outage_ofTheStore_failsNoCommand() throws Exception {
        try (AnsweringProcess load = startLoad()) {
            awaitKills();
            store.fail(new SecretsManagerServer.Fault(500, ""));
            awaitKills();
            awaitKills();
            assertNothingFailed(load);
        }
    }
}
