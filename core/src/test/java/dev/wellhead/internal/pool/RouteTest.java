package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Where a pool connects to: nothing listens on the ports of these tests, so each attempt fails and names its server. */
class RouteTest {

    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final String LOCAL = "DB_CONNECTION_TIMEOUT=20s DB_SSLMODE=disable";

    private final int port = FreePort.find();
    private final int otherPort = FreePort.find();
    private final Vault vault = new Vault();

    @Test
    void subject_ofBothPools_isTheBeginningOfASentence() {
        assertThat(route(LOCAL, false).subject()).isEqualTo("Database 'default'");
        assertThat(route(LOCAL + " DB_READER_HOST=replica", true).subject()).isEqualTo("Reader of database 'default'");
    }

    /** HikariCP reports its own time-out first if the attempt is not shorter. */
    @Test
    void budget_anyConnectionTimeout_isShorter() {
        for (String timeout : List.of("1s", "30s", "10m")) {
            DatabaseSettings settings = settings("DB_CONNECTION_TIMEOUT=" + timeout);

            assertThat(new Route(settings, false, vault, new DatabaseListener() {}).budget())
                    .isPositive()
                    .isLessThan(settings.get(Settings.CONNECTION_TIMEOUT));
        }
    }

    @Test
    void settings_providerWithoutAServer_areTheResolvedOnes() throws SQLException {
        DatabaseSettings resolved = settings(LOCAL);
        Route route = new Route(resolved, false, vault, new DatabaseListener() {});

        assertThat(route.settings()).isSameAs(resolved);
    }

    @Test
    void settings_providerWithAServer_areCompleted() throws SQLException {
        vault.location = new ServerLocation("db.internal", port, "ledger", null);

        DatabaseSettings settings = route(LOCAL, false).settings();

        assertThat(settings.hosts()).containsExactly(new HostAndPort("db.internal", port));
        assertThat(settings.databaseName()).isEqualTo("ledger");
    }

    @Test
    void settings_reader_areThoseOfTheReplicas() throws SQLException {
        vault.location = new ServerLocation("db.internal", port, "ledger", null);

        DatabaseSettings settings =
                route(LOCAL + " DB_READER_HOST=replica", true).settings();

        assertThat(settings.hosts()).containsExactly(new HostAndPort("replica", port));
        assertThat(settings.databaseName()).isEqualTo("ledger");
        assertThat(settings.get(Settings.READ_ONLY)).isTrue();
    }

    @Test
    void settings_noServerAnywhere_namesTheMissingSettings() {
        Route route = route("ENVIRONMENT=production", false);

        assertThatThrownBy(route::settings)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("There is no host: DB_HOST is not set.")
                .hasMessageContaining("There is no database name: DB_NAME is not set.")
                .hasMessageContaining("a vault");
    }

    @Test
    void settings_providerFails_isClassified() {
        vault.failure = new CredentialsException("The vault is sealed.", "Unseal it.", null);

        ConnectionFailedException thrown = catchThrowableOfType(
                ConnectionFailedException.class, () -> route(LOCAL, false).settings());

        assertThat((Throwable) thrown)
                .hasMessage("The vault is sealed." + System.lineSeparator() + "  Unseal it.")
                .hasCause(vault.failure);
        assertThat(thrown.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
        assertThat(thrown.getSQLState()).isEqualTo("28000");
        assertThat(thrown.failures()).isEmpty();
    }

    @Test
    void fetchNow_providerFails_isClassified() {
        Route route = route(LOCAL, false);
        vault.failure = new CredentialsException("The vault is sealed.");

        assertThatThrownBy(() -> route.fetchNow(BUDGET))
                .isInstanceOfSatisfying(ConnectionFailedException.class, e -> assertThat(e.kind())
                        .isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE))
                .hasMessage("The vault is sealed.");
    }

    /** An authentication token is signed for a host; a secret is read before its host is known. */
    @Test
    void current_beforeAndAfterTheServerIsKnown_passesIt() throws SQLException {
        vault.location = new ServerLocation("db.internal", port, "ledger", null);
        Route route = route("ENVIRONMENT=production DB_SSLMODE=require", false);

        route.settings();
        route.current(BUDGET);

        assertThat(vault.targets).containsExactly(new LoginTarget("", 0), new LoginTarget("db.internal", port));
    }

    @Test
    void open_locationChanged_connectsToTheNewServer() {
        Route route = route(LOCAL, false);
        vault.location = new ServerLocation("127.0.0.1", port, "ledger", null);
        assertThat(open(route)).contains("127.0.0.1:" + port);

        vault.location = new ServerLocation("127.0.0.1", otherPort, "ledger", null);

        assertThat(open(route)).contains("127.0.0.1:" + otherPort).doesNotContain(":" + port);
    }

    @Test
    void open_locationUnchanged_keepsTheSettings() throws SQLException {
        Route route = route(LOCAL, false);
        vault.location = new ServerLocation("127.0.0.1", port, "ledger", null);
        DatabaseSettings before = route.settings();

        open(route);

        assertThat(route.settings()).isSameAs(before);
    }

    @Test
    void open_unusableLocation_keepsThePreviousServerAndWarnsOnce() {
        Route route = route(LOCAL, false);
        vault.location = new ServerLocation("127.0.0.1", port, "ledger", null);
        open(route);
        vault.location = new ServerLocation("/var/run/postgresql", port, "ledger", null);

        try (LogCapture log = LogCapture.start()) {
            assertThat(open(route)).contains("127.0.0.1:" + port);
            assertThat(open(route)).contains("127.0.0.1:" + port);

            assertThat(log.messages(Level.WARN)).singleElement().satisfies(message -> assertThat(message)
                    .startsWith("Database 'default': the server that a vault names now cannot be used. New connections"
                            + " still go to the previous one. ")
                    .contains("Only TCP hosts are supported."));
        }
    }

    /** The corrected location is used, although the previous one was the last that worked. */
    @Test
    void open_locationCorrected_connectsToIt() {
        Route route = route(LOCAL, false);
        vault.location = new ServerLocation("127.0.0.1", port, "ledger", null);
        open(route);
        vault.location = new ServerLocation("/var/run/postgresql", port, "ledger", null);
        open(route);

        vault.location = new ServerLocation("127.0.0.1", otherPort, "ledger", null);

        assertThat(open(route)).contains("127.0.0.1:" + otherPort);
    }

    @Test
    void openWithFirstCandidate_noServer_failsLikeOpen() {
        vault.location = new ServerLocation("127.0.0.1", port, "ledger", null);

        assertThatThrownBy(() -> route(LOCAL, false).openWithFirstCandidate(BUDGET))
                .isInstanceOfSatisfying(ConnectionFailedException.class, e -> assertThat(e.kind())
                        .isEqualTo(FailureKind.REFUSED));
    }

    @Test
    void open_slowCredentialsAndASilentServer_reportsTheTimeOfTheCredentials() throws Exception {
        vault.tookMillis = 600;
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Route route = route(
                    "DB_CONNECTION_TIMEOUT=1s DB_SSLMODE=disable DB_HOST=127.0.0.1 DB_PORT=" + silent.getLocalPort(),
                    false);

            ConnectionFailedException thrown =
                    catchThrowableOfType(ConnectionFailedException.class, () -> route.open(BUDGET));

            assertThat(thrown.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(thrown.failures().get(0).fixes().get(0))
                    .matches("Getting the credentials from a vault took \\d+ of the \\d+ ms of this attempt\\.");
            assertThat(thrown.failures().get(0).fixes())
                    .last()
                    .isEqualTo("Check why their source is slow, or raise DB_CONNECTION_TIMEOUT.");
        }
    }

    private static String open(Route route) {
        ConnectionFailedException thrown =
                catchThrowableOfType(ConnectionFailedException.class, () -> route.open(BUDGET));
        assertThat(thrown.kind()).isEqualTo(FailureKind.REFUSED);
        return String.valueOf(thrown.getMessage());
    }

    private Route route(String variables, boolean reader) {
        return new Route(settings(variables), reader, vault, new DatabaseListener() {});
    }

    private static DatabaseSettings settings(String variables) {
        return Resolve.settings(Resolve.request(variables).credentialsSupplied());
    }

    /** A provider whose server and failure the test sets. */
    private static final class Vault implements CredentialsProvider {

        private final List<LoginTarget> targets = new ArrayList<>();
        private @Nullable ServerLocation location;
        private @Nullable CredentialsException failure;
        private long tookMillis;

        @Override
        public String description() {
            return "a vault";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) throws CredentialsException {
            targets.add(target);
            long end = System.nanoTime() + tookMillis * 1_000_000;
            tookMillis = 0;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            CredentialsException failing = failure;
            if (failing != null) {
                throw failing;
            }
            CredentialsSet set = CredentialsSet.of(1, List.of(Credentials.of("app", "pw", "current")));
            ServerLocation known = location;
            return known == null ? set : set.at(known);
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget)
                throws CredentialsException {
            return current(target, budget);
        }
    }
}
