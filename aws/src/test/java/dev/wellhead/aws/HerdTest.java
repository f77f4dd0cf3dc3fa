package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** 64 physical connections that open at the same time, just after a rotation that the provider has not read yet. */
class HerdTest {

    private static final int HERD = 64;
    private static final int ROTATIONS = 7;
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final String ID = "prod/ledger";

    private final PostgresServer postgres =
            PostgresServer.builder().setting("max_connections", "200").start();

    @Test
    void open_manyTogetherAfterARotation_shareOneCall() throws Exception {
        try (postgres;
                SecretsManagerServer store = SecretsManagerServer.start()) {
            postgres.createRole("app", "pw-0");
            store.put(ID, RotatingSecrets.login("app", "pw-0"));
            try (CredentialsProvider fixed = CredentialsProvider.fixed("app", "pw-0");
                    RotatingSecret secret = RotatingSecrets.follow(ID, store)) {
                Connector connector = connector(fixed);
                Connector following = connector(secret);
                slowestOf(connector);
                slowestOf(following);
                long[] withStatic = new long[ROTATIONS];
                long[] afterRotation = new long[ROTATIONS];
                for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                    CredentialsProvider before = CredentialsProvider.fixed("app", "pw-" + (rotation - 1));
                    withStatic[rotation - 1] = slowestOf(connector(before)).toMillis();
                    rotate(store, "pw-" + rotation);
                    int refusedBefore = refusedLogins();

                    afterRotation[rotation - 1] = slowestOf(following).toMillis();

                    assertThat(store.calls()).containsExactly("AWSCURRENT");
                    assertThat(refusedLogins() - refusedBefore).isLessThanOrEqualTo(HERD / 2);
                }
                // the figures of docs/rotation.md; they are not asserted, because a machine can be busy
                System.out.printf(
                        "herd of %d, slowest in ms, median of %d: after a rotation %d, with static credentials %d%n",
                        HERD, ROTATIONS, median(afterRotation), median(withStatic));
            }
        }
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void rotate(SecretsManagerServer store, String password) {
        store.createPending(ID, RotatingSecrets.login("app", password));
        postgres.setPassword("app", password);
        store.finish(ID);
        store.forgetCalls();
    }

    private int refusedLogins() {
        return postgres.log().split("FATAL:  password authentication failed", -1).length - 1;
    }

    private Connector connector(CredentialsProvider credentials) {
        DatabaseSettings settings = Databases.builder()
                .environment(Map.of(
                        "ENVIRONMENT", "test",
                        "DB_HOST", postgres.host(),
                        "DB_PORT", Integer.toString(postgres.port()),
                        "DB_NAME", "postgres",
                        "DB_SSLMODE", "disable"))
                .credentials(credentials)
                .resolve();
        return new Connector(settings, credentials, new LoginMemory(), new DatabaseListener() {});
    }

    /** Opens all connections together and {@return the time of the slowest} Fails if one of them cannot be opened. */
    private static Duration slowestOf(Connector connector) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(HERD);
        CyclicBarrier gate = new CyclicBarrier(HERD);
        List<Connection> opened = new ArrayList<>();
        try {
            List<Future<Long>> times = new ArrayList<>();
            for (int i = 0; i < HERD; i++) {
                times.add(threads.submit(() -> {
                    gate.await(20, TimeUnit.SECONDS);
                    long begin = System.nanoTime();
                    Connection connection = connector.open(BUDGET);
                    long took = System.nanoTime() - begin;
                    synchronized (opened) {
                        opened.add(connection);
                    }
                    return took;
                }));
            }
            long slowest = 0;
            for (Future<Long> time : times) {
                slowest = Math.max(slowest, time.get(60, TimeUnit.SECONDS));
            }
            return Duration.ofNanos(slowest);
        } finally {
            threads.shutdownNow();
            synchronized (opened) {
                for (Connection connection : opened) {
                    connection.close();
                }
            }
        }
    }
}
