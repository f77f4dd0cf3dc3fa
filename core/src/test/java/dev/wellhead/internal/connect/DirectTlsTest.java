package dev.wellhead.internal.connect;

import static dev.wellhead.internal.connect.ServerSession.message;
import static dev.wellhead.internal.connect.ServerSession.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS without a request for it needs a server that confirms PostgreSQL's protocol in the handshake. */
class DirectTlsTest {

    private static final CertificateAuthority OURS = CertificateAuthority.create("Our CA");
    private static final SSLContext TLS = ScriptedServer.tls(OURS.server("127.0.0.1"));

    @TempDir
    private static Path directory;

    private static Path root = Path.of("");

    @BeforeAll
    static void writeRoot() {
        root = OURS.writeTo(directory.resolve("root.crt"));
    }

    private static Connecting direct(ScriptedServer server) {
        return Connecting.to("127.0.0.1", server.port())
                .with("DB_SSLMODE", "verify-full")
                .with("DB_SSLROOTCERT", root.toString())
                .with("DB_SSLNEGOTIATION", "direct");
    }

    @Test
    void open_serverThatConfirmsTheProtocol_connects() throws SQLException {
        try (ScriptedServer server = new ScriptedServer(TLS, DirectTlsTest::serve)) {
            direct(server).connector().open(Connecting.BUDGET).close();

            assertThat(server.received()).contains("user\0postgres\0");
        }
    }

    private static void serve(ServerSession session) throws IOException {
        session.encrypt("postgresql");
        session.hearStartup();
        session.send(request(0, ""), message('S', "server_version\00017.1\0"), message('Z', "I"));
    }

    @Test
    void open_serverThatDoesNotConfirmTheProtocol_isRefused() {
        try (ScriptedServer server = new ScriptedServer(TLS, session -> {
            session.encrypt();
            session.hearStartup();
        })) {
            assertThat(direct(server).failureMessage())
                    .isEqualTo("Cannot connect to 127.0.0.1:" + server.port()
                            + ": it did not confirm the protocol 'postgresql' in the TLS handshake, which sslnegotiation"
                            + " direct requires (DB_SSLNEGOTIATION)."
                            + "|  From: sslnegotiation (environment variable DB_SSLNEGOTIATION)"
                            + "|  Use PostgreSQL 17 or later, or set DB_SSLNEGOTIATION to postgres.");
            assertThat(server.received()).isEmpty();
        }
    }

    /** The server sees a message of an unknown protocol and closes the connection. */
    @Test
    void open_serverBeforeVersion17_isNamedAsTheReason() {
        Connecting connecting = Connecting.to(PostgresServer.shared())
                .with("DB_SSLMODE", "verify-full")
                .with("DB_SSLROOTCERT", root.toString())
                .with("DB_SSLNEGOTIATION", "direct");

        assertThat(connecting.failureMessage())
                .isEqualTo(
                        "Cannot connect to 127.0.0.1:" + PostgresServer.shared().port()
                                + ": it closed the connection when TLS began without a request, which needs PostgreSQL 17 or later (DB_SSLNEGOTIATION)."
                                + "|  From: sslnegotiation (environment variable DB_SSLNEGOTIATION)"
                                + "|  Use PostgreSQL 17 or later, or set DB_SSLNEGOTIATION to postgres.");
    }

    @Test
    void open_serverOfAnotherProtocol_isRefused() {
        try (ScriptedServer server = new ScriptedServer(TLS, session -> session.encrypt("h2", "http/1.1"))) {
            assertThat(direct(server).failure().kind().value()).isEqualTo("tls_failed");
            assertThat(server.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", ""})
    void open_afterARequestForTls_acceptsServersThatDoNotConfirmTheProtocol(String confirmed) throws SQLException {
        try (ScriptedServer server = new ScriptedServer(TLS, session -> {
            session.hearStartup();
            session.send(ServerSession.text("S"));
            if (confirmed.isEmpty()) {
                session.encrypt();
                session.hearStartup();
                session.send(request(0, ""), message('S', "server_version\00016.1\0"), message('Z', "I"));
            } else {
                serve(session);
            }
        })) {
            direct(server)
                    .with("DB_SSLNEGOTIATION", "postgres")
                    .connector()
                    .open(Connecting.BUDGET)
                    .close();

            assertThat(server.received()).contains("user\0postgres\0");
        }
    }
}
