package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes failures of name resolution, TCP and TLS, and checks their stages and fixes. */
class DoctorConnectionTest {

    @TempDir
    private static Path directory;

    @AutoClose
    private static DoctorServer encrypted;

    @BeforeAll
    static void start() {
        encrypted = DoctorServer.start(directory);
    }

    @Test
    void name_thatDoesNotResolve_failsAtDns() {
        DoctorJson stages = DoctorServer.found(
                encrypted.to("db.invalid", 5432),
                "dns",
                "name_not_resolved",
                "the host name does not resolve. From: host (environment variable DB_HOST)",
                "Correct DB_HOST, or check that the DNS server of this machine resolves the name.");

        assertThat(stages.codes("not_tested")).startsWith("tcp", "tls", "authentication", "database");
    }

    @Test
    void port_nothingListens_failsAtTcp() {
        DoctorJson stages = DoctorServer.found(
                encrypted.to("127.0.0.1", FreePort.find()),
                "tcp",
                "refused",
                "nothing listens on this port.",
                "Correct DB_PORT if the server listens on another port.");

        assertThat(stages.status("dns")).isEqualTo("ok");
        assertThat(stages.codes("not_tested")).startsWith("tls", "authentication", "database");
    }

    @Test
    void address_thatNeverAnswers_failsAtTcp() {
        try (BlackHole hole = BlackHole.open()) {
            DoctorServer.found(
                    encrypted.to(hole.host(), hole.port()),
                    "tcp",
                    "timed_out",
                    "the address does not answer within",
                    "Check DB_HOST and DB_PORT. A firewall or security group that drops packets has the same effect.");
        }
    }

    @Test
    void server_thatNeverAnswers_failsAtTcp() {
        try (FaultProxy proxy = FaultProxy.to(encrypted.server())) {
            proxy.blackHole();

            DoctorServer.found(
                    encrypted.to("127.0.0.1", proxy.port()),
                    "tcp",
                    "timed_out",
                    "it accepted the connection but sent nothing within",
                    "Correct DB_PORT if it is not the port of a PostgreSQL server. If the server is slow, raise DB_CONNECT_TIMEOUT.");
        }
    }

    @Test
    void proxy_withNoServerBehindIt_failsAtTcp() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", FreePort.find())) {
            DoctorServer.found(
                    encrypted.to("127.0.0.1", proxy.port()),
                    "tcp",
                    "network",
                    "",
                    "Check the server's log, and every proxy and load balancer between this machine and the server.");
        }
    }

    @Test
    void server_thatSpeaksHttp_failsAtTcp() throws IOException {
        try (ServerSocket httpServer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerHttp(httpServer), "httpServer");
            thread.setDaemon(true);
            thread.start();

            DoctorServer.found(
                    encrypted.to("127.0.0.1", httpServer.getLocalPort()),
                    "tcp",
                    "not_postgresql",
                    "the answer is HTTP, not PostgreSQL's protocol.",
                    "Correct DB_HOST or DB_PORT.");
        }
    }

    private static void answerHttp(ServerSocket httpServer) {
        try {
            while (!httpServer.isClosed()) {
                try (Socket socket = httpServer.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Test
    void server_withoutTls_failsAtTls() {
        DoctorServer.found(
                encrypted.to("127.0.0.1", PostgresServer.shared().port()),
                "tls",
                "tls_not_supported",
                "it does not support TLS, and sslmode is 'verify-full'.",
                "Enable TLS on the server (ssl = on). Environment 'production' requires it.");
    }

    @Test
    void certificate_ofAnotherAuthority_failsAtTls() {
        String other = CertificateAuthority.create("Other CA")
                .writeTo(directory.resolve("other.crt"))
                .toString();

        DoctorJson stages = DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_SSLROOTCERT", other),
                "tls",
                "tls_untrusted",
                "its certificate was issued by 'CN=Test CA', which is not trusted.",
                "Trusted: root certificate file " + other
                        + ". Set DB_SSLROOTCERT to the root certificate of the authority that issued it.");

        assertThat(stages.codes("ok")).containsExactly("settings", "credentials", "dns", "tcp");
        assertThat(stages.codes("not_tested")).startsWith("authentication", "database");
    }

    @Test
    void certificate_forAnotherName_failsAtTls() {
        try (PostgresServer server = PostgresServer.builder()
                .tls(DoctorServer.AUTHORITY.server("db.internal"))
                .start()) {
            DoctorServer.found(
                    encrypted.to("127.0.0.1", server.port()),
                    "tls",
                    "tls_wrong_host_name",
                    "its certificate is for db.internal, not for '127.0.0.1'.",
                    "Set DB_HOST to a name in the certificate, or give the server a certificate for this name.");
        }
    }

    @Test
    void certificate_thatExpired_failsAtTls() {
        try (PostgresServer server = PostgresServer.builder()
                .tls(DoctorServer.AUTHORITY.expiredServer("127.0.0.1"))
                .start()) {
            DoctorServer.found(
                    encrypted.to("127.0.0.1", server.port()),
                    "tls",
                    "tls_expired",
                    "its certificate expired on ",
                    "Renew the certificate, or correct the clock of this machine.");
        }
    }

    @Test
    void rootCertificate_thatIsNotACertificate_failsAtTls() throws IOException {
        Path file = Files.writeString(directory.resolve("empty.crt"), "nothing\n");

        DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_SSLROOTCERT", file.toString()),
                "tls",
                "tls_failed",
                "the root certificate file " + file,
                "Correct DB_SSLROOTCERT.");
    }
}
