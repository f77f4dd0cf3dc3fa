package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.net.NameResolver;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole message of every class of failure: the reason, the origins of the settings and the fixes. */
class FailuresTest {

    private static final String SERVER_ORIGIN =
            " (DB_HOST, DB_PORT).|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)";

    private final PostgresServer server = PostgresServer.shared();
    private final String at = "Cannot connect to 127.0.0.1:" + server.port() + ": ";

    @TempDir
    private Path directory;

    @Test
    void refused_inATestEnvironment_explainsHowToStartTheLocalDatabase() {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.refuse();

            ConnectionFailedException failure = Connecting.to(proxy.host(), proxy.port())
                    .without("DB_HOST")
                    .with((NameResolver.Lookup) host -> new InetAddress[] {InetAddress.getLoopbackAddress()})
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure.getSQLState()).isEqualTo("08001");
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to localhost:" + proxy.port()
                            + ": nothing listens on this port (default host, DB_PORT)."
                            + "|  From: host (default for environment 'test'); port (environment variable DB_PORT)"
                            + "|  Start PostgreSQL on this machine, or add wellhead-embedded to the class path, which"
                            + " starts it."
                            + "|  If the database runs elsewhere, set DATABASE_URL, or DB_HOST and DB_PORT.");
        }
    }

    @Test
    void refused_onTheDefaultHost_listsTheVariablesThatWereNotRead() {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.refuse();

            assertThat(Connecting.to(proxy.host(), proxy.port())
                            .without("DB_HOST")
                            .with("POSTGRES_HOST", "db.internal")
                            .with("POSTGRES_PASSWORD", "hunter2")
                            .with((NameResolver.Lookup) host -> new InetAddress[] {InetAddress.getLoopbackAddress()})
                            .failureMessage())
                    .endsWith(
                            "|  POSTGRES_HOST and POSTGRES_PASSWORD are set, but nothing reads them. Did you mean DB_HOST"
                                    + " and DB_PASSWORD?")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void refused_inAStrictEnvironment_listsWhatToCheck() {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.refuse();

            assertThat(Connecting.to(proxy.host(), proxy.port())
                            .with("ENVIRONMENT", "production")
                            .failureMessage())
                    .isEqualTo("Cannot connect to 127.0.0.1:" + proxy.port() + ": nothing listens on this port"
                            + SERVER_ORIGIN
                            + "|  Correct DB_PORT if the server listens on another port."
                            + "|  Otherwise check DB_HOST, and that the server is running and listens on this address"
                            + " (listen_addresses).");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            localhots      | Did you mean 'localhost'? Correct DB_HOST.
            db             | Correct DB_HOST. A name without a dot resolves only within its search domain or container network.
            db.example.com | Correct DB_HOST, or check that the DNS server of this machine resolves the name.
            """)
    void unresolvedName_ofEveryKind_hasTheMatchingFix(String host, String hint) {
        ConnectionFailedException failure = Connecting.to(host, 5432)
                .with((NameResolver.Lookup) unknown -> {
                    throw new UnknownHostException(unknown);
                })
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.NAME_NOT_RESOLVED);
        assertThat((Throwable) failure).hasRootCauseInstanceOf(UnknownHostException.class);
        assertThat(Connecting.lines(failure))
                .isEqualTo("Cannot connect to " + host + ":5432: the host name does not resolve (DB_HOST)."
                        + "|  From: host (environment variable DB_HOST)"
                        + "|  " + hint);
    }

    @Test
    void connection_closedDuringTheLogin_isANetworkFailure() {
        try (HostileServer hostile = HostileServer.closing()) {
            ConnectionFailedException failure =
                    Connecting.to(hostile.host(), hostile.port()).failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.NETWORK);
            assertThat(failure.getMessage()).startsWith("Cannot connect to 127.0.0.1:" + hostile.port() + ": ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            HTTP/1.1 400 Bad Request | the answer is HTTP, not PostgreSQL's protocol
            SSH-2.0-OpenSSH_9.2      | the answer is SSH, not PostgreSQL's protocol
            220 mail.example.com     | the answer is not PostgreSQL's protocol
            ERROR: unknown command   | the answer is not PostgreSQL's protocol
            RRRRRRRRRRRRRRRRRRRRRRRR | the answer is not PostgreSQL's protocol
            """)
    void answer_inAnotherProtocol_isNotPostgresql(String says, String what) {
        for (String mode : List.of("disable", "prefer", "require")) {
            try (HostileServer hostile = HostileServer.sending(says + "\r\n")) {
                ConnectionFailedException failure = Connecting.to(hostile.host(), hostile.port())
                        .with("DB_SSLMODE", mode)
                        .failure();

                assertThat(failure.kind()).as(mode).isEqualTo(FailureKind.NOT_POSTGRESQL);
                assertThat(Connecting.lines(failure))
                        .isEqualTo("Cannot connect to 127.0.0.1:" + hostile.port() + ": " + what
                                + SERVER_ORIGIN
                                + "|  Correct DB_HOST or DB_PORT.");
            }
        }
    }

    @Test
    void answer_tlsAlert_namesTls() {
        try (HostileServer hostile = HostileServer.sending(new byte[] {0x15, 3, 1, 0, 2, 2, 70})) {
            assertThat(Connecting.to(hostile.host(), hostile.port())
                            .with("DB_SSLMODE", "prefer")
                            .failureMessage())
                    .isEqualTo("Cannot connect to 127.0.0.1:" + hostile.port()
                            + ": the answer is TLS, not PostgreSQL's protocol"
                            + SERVER_ORIGIN
                            + "|  Correct DB_HOST or DB_PORT.");
        }
    }

    @Test
    void answer_bytesAfterTheAnswerAboutTls_isRefused() {
        try (HostileServer hostile = HostileServer.sending(new byte[] {'S', 'R', 0, 0, 0, 8, 0, 0, 0, 0})) {
            assertThat(Connecting.to(hostile.host(), hostile.port())
                            .with("DB_SSLMODE", "require")
                            .failure()
                            .kind())
                    .isEqualTo(FailureKind.NOT_POSTGRESQL);
        }
    }

    @Test
    void password_refused_namesUserAndSourceButNotThePassword() {
        ConnectionFailedException failure = Connecting.to(server)
                .with(CredentialsProvider.fixed("postgres", "not-the-password"))
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(failure.getSQLState()).isEqualTo("28P01");
        assertThat((Throwable) failure).hasStackTraceContaining("password authentication failed for user \"postgres\"");
        assertThat(failure.toString()).doesNotContain("not-the-password");
        assertThat(Connecting.lines(failure))
                .isEqualTo(at + "it refused the password of user 'postgres', or has no such user (configured password)."
                        + "|  From: configured password"
                        + "|  Check the user and the password, and that the server has the same password.");
    }

    @Test
    void password_repeatedByTheServer_isNotShown() {
        try (HostileServer hostile = HostileServer.repeating("hunter-4711")) {
            ConnectionFailedException failure = Connecting.to(hostile.host(), hostile.port())
                    .with(CredentialsProvider.fixed("app", "hunter-4711"))
                    .failure();
            StringWriter everything = new StringWriter();
            failure.printStackTrace(new PrintWriter(everything));

            assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
            assertThat(everything.toString())
                    .doesNotContain("4711")
                    .contains("the server's message contains the password and is not shown");
        }
    }

    @Test
    void password_empty_isNamed() {
        assertThat(Connecting.to(server)
                        .with(CredentialsProvider.fixed("postgres", ""))
                        .failureMessage())
                .isEqualTo(at + "it requested the password of user 'postgres', which is empty (configured password)."
                        + "|  From: configured password"
                        + "|  Set a password for the user.");
    }

    @Test
    void database_missing_isNamed() {
        ConnectionFailedException failure =
                Connecting.to(server).with("DB_NAME", "ledgre").failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.NO_SUCH_DATABASE);
        assertThat(failure.getSQLState()).isEqualTo("3D000");
        assertThat(Connecting.lines(failure))
                .isEqualTo(at + "it has no database 'ledgre' (DB_NAME)."
                        + "|  From: name (environment variable DB_NAME)"
                        + "|  Correct DB_NAME, or create the database.");
    }

    @Test
    void role_withoutConnectPrivilege_isRefused() {
        server.createRole("outsider", "outsider");
        server.createDatabase("closed_shop");
        server.execute("REVOKE CONNECT ON DATABASE closed_shop FROM PUBLIC");

        ConnectionFailedException failure = Connecting.to(server)
                .with("DB_NAME", "closed_shop")
                .with("DB_USER", "outsider")
                .with(CredentialsProvider.fixed("outsider", "outsider"))
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_ADMITTED);
        assertThat(Connecting.lines(failure))
                .isEqualTo(at + "it does not permit this login: permission denied for database \"closed_shop\""
                        + " (DB_USER, DB_NAME, DB_SSLMODE)."
                        + "|  From: user (environment variable DB_USER); name (environment variable DB_NAME);"
                        + " sslmode (environment variable DB_SSLMODE)"
                        + "|  Grant the role the CONNECT privilege on the database.");
    }

    @Test
    void role_atItsLimit_namesTheLimit() throws Exception {
        server.createRole("narrow", "narrow");
        server.execute("ALTER ROLE narrow CONNECTION LIMIT 1");
        Connecting connecting = Connecting.to(server).with(CredentialsProvider.fixed("narrow", "narrow"));

        try (Connection first = connecting.connector().open(Connecting.BUDGET)) {
            ConnectionFailedException failure = connecting.failure();

            assertThat(first.isValid(1)).isTrue();
            assertThat(failure.kind()).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
            assertThat(Connecting.lines(failure))
                    .isEqualTo(at + "it has no free connection: too many connections for role \"narrow\""
                            + " (default maximumPoolSize).|  From: maximumPoolSize (default)"
                            + "|  Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT), or lower"
                            + " DB_MAXIMUM_POOL_SIZE.");
        }
    }

    @Test
    void server_full_namesTheLimit() throws Exception {
        try (PostgresServer small = PostgresServer.builder()
                .setting("max_connections", "4")
                .setting("superuser_reserved_connections", "0")
                .setting("max_wal_senders", "0")
                .start()) {
            List<Connection> open = new ArrayList<>();
            Connector connector = Connecting.to(small).connector();
            try {
                ConnectionFailedException failure = catchThrowableOfType(ConnectionFailedException.class, () -> {
                    while (open.size() <= 4) {
                        open.add(connector.open(Connecting.BUDGET));
                    }
                });

                assertThat(failure.kind()).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
                assertThat(Connecting.lines(failure))
                        .isEqualTo("Cannot connect to 127.0.0.1:" + small.port()
                                + ": it has no free connection: sorry, too many clients already (default maximumPoolSize)."
                                + "|  From: maximumPoolSize (default)"
                                + "|  Raise max_connections on the server, or lower DB_MAXIMUM_POOL_SIZE of the"
                                + " services that use it.");
            } finally {
                for (Connection connection : open) {
                    connection.close();
                }
            }
        }
    }

    @Test
    void server_startingUp_explainsHowToWait() {
        try (HostileServer hostile =
                HostileServer.answering("57P03", "the database system is starting up", "BackendStartup")) {
            ConnectionFailedException failure =
                    Connecting.to(hostile.host(), hostile.port()).failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.STARTING_UP);
            assertThat(failure.kind().isTransient()).isTrue();
            assertThat(Connecting.lines(failure))
                    .isEqualTo(
                            "Cannot connect to 127.0.0.1:" + hostile.port()
                                    + ": it is not ready: the database system is starting up."
                                    + "|  Wait until the server is ready. If DB_STARTUP_TIMEOUT is set, opening the database waits.");
        }
    }

    @Test
    void tls_notSupported_namesTheSettingThatRequiresIt() {
        assertThat(Connecting.to(server).with("DB_SSLMODE", "require").failureMessage())
                .isEqualTo(at + "it does not support TLS, and sslmode is 'require' (DB_SSLMODE)."
                        + "|  From: sslmode (environment variable DB_SSLMODE)"
                        + "|  Enable TLS on the server (ssl = on), or set DB_SSLMODE to prefer.");
    }

    @Test
    void certificate_rejected_namesItsNamesAndIssuer() {
        CertificateAuthority ours = CertificateAuthority.create("Our CA");
        Path root = ours.writeTo(directory.resolve("root.crt"));
        Path other = CertificateAuthority.create("Other CA").writeTo(directory.resolve("other.crt"));
        IssuedCertificate certificate = ours.server("db.example.com", "*.db.example.com", "10.0.0.1");
        try (PostgresServer tls = PostgresServer.builder().tls(certificate).start()) {
            String cannot = "Cannot connect to 127.0.0.1:" + tls.port() + ": ";
            Connecting full = Connecting.to(tls).with("DB_SSLMODE", "verify-full");

            assertThat(full.with("DB_SSLROOTCERT", root.toString()).failureMessage())
                    .isEqualTo(
                            cannot + "its certificate is for db.example.com, *.db.example.com, 10.0.0.1, not for"
                                    + " '127.0.0.1' (DB_HOST, DB_SSLMODE)."
                                    + "|  From: host (environment variable DB_HOST); sslmode (environment variable DB_SSLMODE)"
                                    + "|  Set DB_HOST to a name in the certificate, or give the server a certificate for this name.");
            assertThat(full.with("DB_SSLROOTCERT", other.toString()).failureMessage())
                    .isEqualTo(cannot
                            + "its certificate was issued by 'CN=Our CA', which is not trusted (DB_SSLMODE, DB_SSLROOTCERT)."
                            + "|  From: sslmode (environment variable DB_SSLMODE);"
                            + " sslrootcert (environment variable DB_SSLROOTCERT)"
                            + "|  Trusted: root certificate file " + other + "."
                            + " Set DB_SSLROOTCERT to the root certificate of the authority that issued it.");
        }
    }

    @Test
    void certificate_expired_hasTheDate() {
        CertificateAuthority ours = CertificateAuthority.create("Our CA");
        Path root = ours.writeTo(directory.resolve("root.crt"));
        IssuedCertificate certificate = ours.expiredServer("localhost");
        try (PostgresServer tls = PostgresServer.builder().tls(certificate).start()) {
            assertThat(Connecting.to(tls)
                            .with("DB_SSLMODE", "verify-ca")
                            .with("DB_SSLROOTCERT", root.toString())
                            .failureMessage())
                    .isEqualTo("Cannot connect to 127.0.0.1:" + tls.port() + ": its certificate expired on "
                            + certificate
                                    .certificate()
                                    .getNotAfter()
                                    .toInstant()
                                    .truncatedTo(ChronoUnit.SECONDS)
                            + " (DB_SSLMODE, DB_SSLROOTCERT).|  From: sslmode (environment variable DB_SSLMODE);"
                            + " sslrootcert (environment variable DB_SSLROOTCERT)"
                            + "|  Renew the certificate, or correct the clock of this machine.");
        }
    }

    @Test
    void severalServers_allFailing_areListedWithTheirReasons() {
        try (FaultProxy proxy = FaultProxy.to(server);
                HostileServer starting =
                        HostileServer.answering("57P03", "the database system is starting up", "BackendStartup")) {
            proxy.refuse();
            ConnectionFailedException failure = Connecting.to(server)
                    .with("ENVIRONMENT", "production")
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", proxy.port() + "," + starting.port())
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(Connecting.lines(failure))
                    .isEqualTo(
                            "Cannot connect to any of 2 servers; 127.0.0.1:" + proxy.port()
                                    + ": nothing listens on this port (DB_HOST, DB_PORT)."
                                    + "||  1. 127.0.0.1:" + proxy.port()
                                    + ": nothing listens on this port (DB_HOST, DB_PORT)."
                                    + "|     From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                                    + "|     Correct DB_PORT if the server listens on another port."
                                    + "|     Otherwise check DB_HOST, and that the server is running and listens on this address"
                                    + " (listen_addresses)."
                                    + "||  2. 127.0.0.1:" + starting.port()
                                    + ": it is not ready: the database system is starting up."
                                    + "|     Wait until the server is ready. If DB_STARTUP_TIMEOUT is set, opening the database waits.");
        }
    }
}
