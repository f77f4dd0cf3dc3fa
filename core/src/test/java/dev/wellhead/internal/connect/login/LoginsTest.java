package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.ScriptedCredentials;
import dev.wellhead.internal.connect.TokenCredentials;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Candidates, refreshes, generations and hold-offs on a real server; a proxy counts the connections. */
class LoginsTest {

    private static final String PASSWORD = PostgresServer.SUPERUSER_PASSWORD;

    private static final long SECOND = 1_000_000_000L;

    private final PostgresServer server = PostgresServer.shared();
    private final FaultProxy door = FaultProxy.to(server);

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void open_secondCandidateIsAccepted_isTriedFirstFromThenOn() throws SQLException {
        ScriptedCredentials credentials = new ScriptedCredentials(7, "wrong", PASSWORD);
        Connector connector = at(credentials).connector();

        try (Connection first = connector.open(Connecting.BUDGET)) {
            assertThat(door.connectionCount()).isEqualTo(2);
            assertThat(Connector.generationOf(first)).isEqualTo(7);
        }
        connector.open(Connecting.BUDGET).close();

        assertThat(door.connectionCount()).isEqualTo(3);
        assertThat(credentials.refreshes()).isZero();
    }

    @Test
    void prove_firstCandidateNotAcceptedYet_failsAndKeepsTheLoginThatWorks() throws SQLException {
        ScriptedCredentials credentials = new ScriptedCredentials(1, PASSWORD);
        Connector connector = at(credentials).connector();
        connector.open(Connecting.BUDGET).close();
        credentials.become(ScriptedCredentials.set(2, "not yet", PASSWORD));

        ConnectionFailedException refused = catchThrowableOfType(
                ConnectionFailedException.class,
                () -> connector.prove(Connecting.BUDGET).close());

        assertThat(refused.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(credentials.refreshes()).isZero();
        try (Connection connection = connector.open(Connecting.BUDGET)) {
            assertThat(Connector.generationOf(connection)).isEqualTo(1);
        }
        assertThat(door.connectionCount()).isEqualTo(3);
    }

    @Test
    void prove_firstCandidateIsAnotherLogin_isUsedAlthoughTheOlderStillWorks() throws SQLException {
        server.createRole("taken_up", "taken-up");
        TokenCredentials older = new TokenCredentials("postgres", PASSWORD);
        Connector connector = Connecting.to(server).with(older).connector();
        connector.open(Connecting.BUDGET).close();
        older.become(CredentialsSet.of(
                2,
                List.of(
                        Credentials.of("taken_up", "taken-up", "newer"),
                        Credentials.of("postgres", PASSWORD, "token"))));

        try (Connection proven = connector.prove(Connecting.BUDGET)) {
            assertThat(Connector.generationOf(proven)).isEqualTo(2);
            assertThat(proven.getMetaData().getUserName()).isEqualTo("taken_up");
        }
    }

    @Test
    void open_allRefusedAndARefreshFindsBetter_connectsInTheSameAttempt() throws SQLException {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "old");
        credentials.refreshFinds(ScriptedCredentials.set(2, "old", PASSWORD));

        try (Connection connection = at(credentials).connector().open(Connecting.BUDGET)) {
            assertThat(Connector.generationOf(connection)).isEqualTo(2);
        }

        // what was refused a moment ago is not tried again
        assertThat(door.connectionCount()).isEqualTo(2);
    }

    @Test
    void open_secondOfASetIsAccepted_firstNeedsNoProofUntilTheSetChanges() throws SQLException {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "old");
        CredentialsSet window = ScriptedCredentials.set(2, "old", PASSWORD);
        credentials.refreshFinds(window);
        LoginMemory memory = new LoginMemory();

        at(credentials).connector(memory).open(Connecting.BUDGET).close();

        assertThat(memory.needsProof(window)).isFalse();
        assertThat(memory.needsProof(ScriptedCredentials.set(3, "old", PASSWORD)))
                .isTrue();
    }

    @Test
    void open_sourceReturnsOlderCredentialsAgain_triesTheLoginAcceptedLastAfterThem() throws SQLException {
        ScriptedCredentials credentials = new ScriptedCredentials(1, PASSWORD);
        Connector connector = at(credentials).connector();
        connector.open(Connecting.BUDGET).close();
        credentials.become(ScriptedCredentials.set(2, "stale"));

        try (Connection connection = connector.open(Connecting.BUDGET)) {
            assertThat(Connector.generationOf(connection)).isEqualTo(1);
        }
        assertThat(door.connectionCount()).isEqualTo(3);
        assertThat(credentials.refreshes()).isZero();

        // the stale password was refused once: it is not tried first again
        connector.open(Connecting.BUDGET).close();
        assertThat(door.connectionCount()).isEqualTo(4);
    }

    @Test
    void open_refusedAndTheProviderHasAdvice_reportsTheAdvice() {
        Connector connector = Connecting.to(door.host(), door.port())
                .with(new TokenCredentials("postgres", "wrong"))
                .connector();

        String message = Connecting.lines(Connecting.failure(connector, Connecting.BUDGET));

        assertThat(message)
                .isEqualTo("Cannot connect to 127.0.0.1:" + door.port()
                        + ": it refused the password of user 'postgres', or has no such user (authentication tokens)."
                        + "|  From: authentication tokens"
                        + "|  The token was signed for port " + door.port() + ".");
        assertThat(Connecting.lines(Connecting.failure(connector, Connecting.BUDGET)))
                .startsWith(message + "|  The server refused the same credentials ");
    }

    @Test
    void open_refusedPasswordThatLooksLikeJson_isExplainedWithoutShowingIt() {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "{\"username\":\"app\",\"password\":\"marker\"}");

        String message = Connecting.lines(Connecting.failure(at(credentials).connector(), Connecting.BUDGET));

        assertThat(message)
                .contains(
                        "|  The password looks like a JSON object, and all of it was sent as the password. Set only the"
                                + " password itself.|")
                .doesNotContain("marker");
    }

    @Test
    void open_loginAcceptedAndSessionRefused_isRememberedAsAccepted() throws SQLException {
        server.execute(
                "drop role if exists limited", "create role limited login password 'limited' connection limit 0");
        TokenCredentials credentials = new TokenCredentials("limited", "limited");
        LoginMemory memory = new LoginMemory();

        ConnectionFailedException failure =
                Connecting.failure(Connecting.to(server).with(credentials).connector(memory), Connecting.BUDGET);

        assertThat(failure.kind()).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
        assertThat(memory.acceptedGeneration()).isPositive();
        assertThat(memory.acceptedLabel()).isEqualTo("token");
    }

    @Test
    void open_refusedSet_isAnsweredFromMemoryUntilTheHoldOffHasPassed() {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "wrong");
        Connecting connecting = at(credentials);
        Connector connector = connecting.connector();

        String first = Connecting.lines(Connecting.failure(connector, Connecting.BUDGET));
        connecting.elapse(SECOND / 10);
        ConnectionFailedException again = Connecting.failure(connector, Connecting.BUDGET);

        assertThat(door.connectionCount()).isEqualTo(1);
        assertThat(again.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(again.getSQLState()).isEqualTo("28P01");
        assertThat(Connecting.lines(again))
                .isEqualTo(first + "|  The server refused the same credentials 100 ms ago. They are tried again in"
                        + " 150 ms, or when they change.");

        connecting.elapse(SECOND / 4);
        Connecting.failure(connector, Connecting.BUDGET);
        assertThat(door.connectionCount()).isEqualTo(2);

        // the second refusal in a row is held off twice as long
        connecting.elapse(SECOND * 3 / 8);
        Connecting.failure(connector, Connecting.BUDGET);
        assertThat(door.connectionCount()).isEqualTo(2);
    }

    @Test
    void open_refusedSetThatChanged_isTriedImmediately() throws SQLException {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "wrong");
        Connector connector = at(credentials).connector();
        Connecting.failure(connector, Connecting.BUDGET);

        credentials.refreshFinds(ScriptedCredentials.set(2, PASSWORD));

        try (Connection connection = connector.open(Connecting.BUDGET)) {
            assertThat(Connector.generationOf(connection)).isEqualTo(2);
        }
        assertThat(door.connectionCount()).isEqualTo(2);
    }

    @Test
    void open_refusedByHba_requestsNoRefresh() {
        try (PostgresServer strict = PostgresServer.builder()
                .hba("hostssl all all all scram-sha-256")
                .start()) {
            ScriptedCredentials credentials = new ScriptedCredentials(1, PASSWORD);

            ConnectionFailedException failure =
                    Connecting.to(strict).with(credentials).failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_ADMITTED);
            assertThat(credentials.refreshes()).isZero();
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + strict.port()
                            + ": it does not permit this login without TLS: no pg_hba.conf entry for host \"127.0.0.1\","
                            + " user \"postgres\", database \"postgres\", no encryption (DB_NAME, DB_SSLMODE)."
                            + "|  From: name (environment variable DB_NAME);"
                            + " sslmode (environment variable DB_SSLMODE)"
                            + "|  The connection was not encrypted. If the server requires TLS, set DB_SSLMODE to"
                            + " require."
                            + "|  Otherwise add a line for this client to pg_hba.conf.");
        }
    }

    @Test
    void open_noCredentials_reportsTheMessageOfTheSource() {
        ScriptedCredentials credentials = new ScriptedCredentials(1, PASSWORD);
        credentials.failsWith("The vault is sealed. Unseal it.");

        ConnectionFailedException failure = at(credentials).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
        assertThat(Connecting.lines(failure)).isEqualTo("The vault is sealed. Unseal it.|  From: scripted credentials");
        assertThat(door.connectionCount()).isZero();
    }

    @Test
    void open_refreshFails_reportsTheRefusalAndTheFailure() {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "wrong");
        credentials.refreshFinds(ScriptedCredentials.set(1, "wrong"));
        credentials.failsWith("The vault is sealed. Unseal it.");

        ConnectionFailedException failure = at(credentials).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(Connecting.lines(failure))
                .endsWith("|  The refresh of the credentials failed: The vault is sealed. Unseal it.");
    }

    @Test
    void open_renewedToken_keepsItsGeneration() throws SQLException {
        server.createRole("token_holder", "first");
        TokenCredentials tokens = new TokenCredentials("token_holder", "first");
        Connector connector = Connecting.to(server).with(tokens).connector();
        connector.open(Connecting.BUDGET).close();

        server.setPassword("token_holder", "second");
        tokens.renew("second");

        try (Connection connection = connector.open(Duration.ofSeconds(5))) {
            assertThat(Connector.generationOf(connection)).isEqualTo(1);
        }
    }

    @Test
    void generationOf_otherConnection_isMinusOne() throws SQLException {
        try (Connection stranger = server.connect("postgres")) {
            assertThat(Connector.generationOf(stranger)).isEqualTo(-1);
        }
    }

    private Connecting at(ScriptedCredentials credentials) {
        return Connecting.to(door.host(), door.port()).with(credentials);
    }
}
