package dev.wellhead.aws;

import static dev.wellhead.aws.RotatingSecrets.login;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool that is not Wellhead's, on Wellhead's JDBC driver, while its secret is rotated. */
@Timeout(60)
class DriverRotationTest {

    private static final String ID = "prod/driver";
    private static final String USER = "driver_app";
    private static final int ROTATIONS = 3;

    private PostgresServer server;
    private SecretsManagerServer store;
    private Map<String, String> sdk = Map.of();

    @BeforeEach
    void start() {
        server = PostgresServer.start();
        store = SecretsManagerServer.start();
        server.createRole(USER, "password-0");
        store.put(ID, login(USER, "password-0"));
        sdk = Map.of(
                "aws.endpointUrlSecretsManager", store.uri().toString(),
                "aws.region", "eu-west-1",
                "aws.accessKeyId", "AKIDEXAMPLE",
                "aws.secretAccessKey", "not-a-key");
        sdk.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        sdk.keySet().forEach(System::clearProperty);
        store.close();
        server.close();
    }

    /** In the window, the server has the new password, and the secret has it only as AWSPENDING. */
    @Test
    void rotation_connectionsReplacedAllTheTime_failsNoBorrow() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:wellhead:postgresql://" + server.host() + ":" + server.port() + "/postgres?secretId=" + ID);
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(60_000);
        try (HikariDataSource pool = new HikariDataSource(config);
                BorrowLoad load = BorrowLoad.start(pool, 4, "select 1", Duration.ofMillis(5))) {
            for (int i = 1; i <= ROTATIONS; i++) {
                store.createPending(ID, login(USER, "password-" + i));
                server.setPassword(USER, "password-" + i);
                replaceSome(pool, load);
                store.finish(ID);
                replaceSome(pool, load);
            }
            assertThat(load.failedBorrows()).isEmpty();
            assertThat(load.lostStatements()).isEmpty();
        }
    }

    private static void replaceSome(HikariDataSource pool, BorrowLoad load) {
        for (int i = 0; i < 5; i++) {
            pool.getHikariPoolMXBean().softEvictConnections();
            load.awaitUses(20);
        }
    }
}
