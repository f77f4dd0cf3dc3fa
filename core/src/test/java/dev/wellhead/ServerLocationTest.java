package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** Credentials that name the server. */
@Timeout(180)
class ServerLocationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void open_locationInTheCredentials_completesTheSettings() throws SQLException {
        try (Database database = open(new Knowing(server.host(), server.port()))) {
            assertThat(database.settings().hosts()).containsExactly(new HostAndPort(server.host(), server.port()));
            assertThat(database.settings().databaseName()).isEqualTo("postgres");
            assertThat(database.settings().explain(Settings.HOST).orElseThrow().origin())
                    .isEqualTo(new Origin.SecretField("secret books", "host"));
            database.getConnection().close();
        }
    }

    @Test
    void location_thatChanges_isFollowedByNewConnections() throws SQLException {
        try (FaultProxy before = FaultProxy.to(server);
                FaultProxy after = FaultProxy.to(server)) {
            Knowing provider = new Knowing(before.host(), before.port());
            try (Database database = open(provider)) {
                database.getConnection().close();
                assertThat(after.connectionCount()).isZero();

                provider.port = after.port();
                try (Connection first = database.getConnection()) {
                    database.unwrap(HikariDataSource.class).evictConnection(first);
                }

                Await.until(SOON, () -> after.connectionCount() > 0);
                database.getConnection().close();
            }
        }
    }

    @Test
    void location_thatCannotBeUsedLater_keepsThePreviousOneAndLogsIt() throws SQLException {
        Knowing provider = new Knowing(server.host(), server.port());
        try (LogCapture log = LogCapture.start();
                Database database = open(provider)) {
            provider.port = 0;
            try (Connection first = database.getConnection()) {
                database.unwrap(HikariDataSource.class).evictConnection(first);
            }

            database.getConnection().close();
            Await.until(SOON, () -> log.messages(Level.WARN).stream()
                    .anyMatch(message -> message.startsWith("Database 'default': the server that secret books names now"
                            + " cannot be used. New connections still go to the previous one. ")));
        }
    }

    /** The operator vouches for one host, and the source of the credentials names another. */
    @Test
    void location_onAHostThatIsNotListed_isNotUsedWithoutTls() throws SQLException {
        Knowing provider = new Knowing("127.0.0.1", server.port());
        Map<String, String> strict = Map.of(
                "ENVIRONMENT", "production",
                "DB_SSLMODE", "prefer",
                "DB_PLAINTEXT_HOSTS", "127.0.0.1",
                "DB_MAXIMUM_POOL_SIZE", "1");
        try (LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(strict)
                        .credentials(provider)
                        .open()) {
            provider.host = "localhost";
            try (Connection first = database.getConnection()) {
                database.unwrap(HikariDataSource.class).evictConnection(first);
            }

            database.getConnection().close();
            Await.until(SOON, () -> log.messages(Level.WARN).stream()
                    .anyMatch(message ->
                            message.contains("cannot be used. New connections still go to the previous one. ")
                                    && message.contains("weaker than environment 'production' allows for localhost.")));
            assertThat(log.messages(Level.WARN))
                    .anyMatch(message -> message.contains("The connection to 127.0.0.1 may be unencrypted: "));
        }
    }

    @Test
    void open_sourceThatFails_isClassifiedWithItsMessage() {
        Knowing provider = new Knowing(server.host(), server.port());
        provider.failure = new CredentialsException("The secret books does not exist. Look at DB_SECRET_ID.");

        assertThatThrownBy(() -> open(provider))
                .isInstanceOfSatisfying(ConnectionFailedException.class, e -> assertThat(e.kind())
                        .isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE))
                .hasMessage("The secret books does not exist. Look at DB_SECRET_ID.")
                .hasCause(provider.failure);
    }

    private static Database open(CredentialsProvider provider) throws SQLException {
        return Databases.builder()
                .environment(Map.of("DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", "5s"))
                .credentials(provider)
                .open();
    }

    private static final class Knowing implements CredentialsProvider {

        private volatile String host;
        private volatile int port;
        private volatile @Nullable CredentialsException failure;

        Knowing(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public String description() {
            return "secret books";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
            CredentialsException failing = failure;
            if (failing != null) {
                throw failing;
            }
            return CredentialsSet.of(
                            1,
                            List.of(Credentials.of(
                                    PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD, "AWSCURRENT")))
                    .at(new ServerLocation(host, port, "postgres", null));
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return refused;
        }
    }
}
