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
    private static final int ROTATIONS = 3;
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
            try (RotatingSecret secret = RotatingSecrets.follow(ID, store)) {
                Connector following = connector(secret);
                openTogether(following);
                for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                    rotate(store, "pw-" + rotation);
                    int refusedBefore = refusedLogins();

                    openTogether(following);

                    assertThat(store.calls()).containsExactly("AWSCURRENT");
                    // On a busy machine, every connection may send the old password before the first one is refused.
                    assertThat(refusedLogins() - refusedBefore).isBetween(1, HERD);
                }
            }
        }
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

    /** Opens all connections, or fails. */
    private static void openTogether(Connector connector) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(HERD);
        CyclicBarrier gate = new CyclicBarrier(HERD);
        List<Future<Connection>> opening = new ArrayList<>();
        try {
            for (int i = 0; i < HERD; i++) {
                opening.add(threads.submit(() -> {
                    gate.await(20, TimeUnit.SECONDS);
                    return connector.open(BUDGET);
                }));
            }
            for (Future<Connection> connection : opening) {
                connection.get(60, TimeUnit.SECONDS).close();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
