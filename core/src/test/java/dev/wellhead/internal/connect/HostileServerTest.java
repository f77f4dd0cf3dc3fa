package dev.wellhead.internal.connect;

import static dev.wellhead.internal.connect.ServerSession.header;
import static dev.wellhead.internal.connect.ServerSession.message;
import static dev.wellhead.internal.connect.ServerSession.request;
import static dev.wellhead.internal.connect.ServerSession.salt;
import static dev.wellhead.internal.connect.ServerSession.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.CertificateAuthority;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that break every rule between the TCP connect and the session: each of them ends an attempt with one clear
 * failure before the deadline, and gets no password that it must not have. All of them run concurrently.
 */
class HostileServerTest {

    private static final String PASSWORD = "hunter-4711";
    private static final byte[] OK = request(0, "");
    private static final byte[] CLEAR_TEXT = request(3, "");
    private static final byte[] MD5 = request(5, "salt");
    private static final byte[] SCRAM = request(10, "SCRAM-SHA-256\0\0");
    private static final byte[] READY = message('Z', "I");
    private static final byte[] NOTICE = message('N', "SNOTICE\0C00000\0Mhello\0\0");
    private static final byte[] PARAMETER = message('S', "server_version\00016.4\0");
    private static final int MOST = Integer.MAX_VALUE;
    private static final String FORM = "not_postgresql: it sent ";

    /** How a client is configured. */
    private enum Client {
        /** Without TLS, in an environment that permits it. */
        LENIENT,
        /** With TLS, in an environment that permits not to use it. */
        ENCRYPTED,
        /** In a strict environment, without a root certificate. */
        UNVERIFIED,
        /** In a strict environment, with the root certificate. */
        VERIFIED,
        /** With an authentication token. */
        TOKEN;

        Connecting to(int port) {
            Connecting connecting = Connecting.to("127.0.0.1", port).with("DB_CONNECT_TIMEOUT", "20s");
            return switch (this) {
                case LENIENT -> connecting;
                case ENCRYPTED -> connecting.with("DB_SSLMODE", "require");
                case UNVERIFIED -> connecting.without("DB_SSLMODE").with("ENVIRONMENT", "production");
                case VERIFIED ->
                    connecting
                            .without("DB_SSLMODE")
                            .with("ENVIRONMENT", "production")
                            .with("DB_SSLROOTCERT", root.toString());
                case TOKEN ->
                    connecting
                            .without("DB_SSLMODE")
                            .with("DB_AUTH", "iam")
                            .with("DB_USER", "app")
                            .with("DB_SSLROOTCERT", root.toString());
            };
        }
    }

    /**
     * @param outcome the beginning of the failure as {@code kind: reason}, or {@code connected}
     * @param learns whether the server may get the password in clear text
     */
    private record Behaviour(
            String name, Client client, ScriptedServer.Script script, String outcome, boolean isSlow, boolean learns) {

        @Override
        public String toString() {
            return name.replace('\0', '/') + " (" + client + ")";
        }
    }

    private static final List<Behaviour> BEHAVIOURS = new ArrayList<>();
    private static final Map<Behaviour, Future<String>> OUTCOMES = new HashMap<>();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(16);

    @TempDir
    private static Path directory;

    private static Path root = Path.of("");

    static Stream<Behaviour> behaviours() {
        if (BEHAVIOURS.isEmpty()) {
            firstBytes();
            lengths();
            order();
            methods();
            scram();
            floods();
            contents();
            transport();
        }
        return BEHAVIOURS.stream();
    }

    private static void add(String name, Client client, String outcome, ScriptedServer.Script script) {
        BEHAVIOURS.add(new Behaviour(name, client, script, outcome, false, false));
    }

    private static void addSlow(String name, Client client, ScriptedServer.Script script) {
        BEHAVIOURS.add(new Behaviour(name, client, script, "timed_out: ", true, false));
    }

    private static void addTrusted(String name, Client client, String outcome, ScriptedServer.Script script) {
        BEHAVIOURS.add(new Behaviour(name, client, script, outcome, false, true));
    }

    private static void firstBytes() {
        String other = "not_postgresql: the answer is ";
        for (Client client : List.of(Client.LENIENT, Client.ENCRYPTED)) {
            add("HTTP", client, other + "HTTP", answer(text("HTTP/1.1 400 Bad Request\r\n\r\n")));
            add("SSH", client, other + "SSH", answer(text("SSH-2.0-OpenSSH_9.2\r\n")));
            add("zero bytes", client, other + "not PostgreSQL's protocol", answer(new byte[64]));
        }
        add("TLS alert", Client.LENIENT, other + "TLS", answer(new byte[] {0x15, 3, 1, 0, 2, 2, 70}));
        add("bytes after S", Client.ENCRYPTED, "not_postgresql: ", answer(text("SR\0\0\0\10\0\0\0\0")));
        add("bytes after N", Client.ENCRYPTED, "not_postgresql: ", answer(text("NE")));
        add("no TLS", Client.VERIFIED, "tls_not_supported: ", answer(text("N")));
        add("no TLS, as an error", Client.VERIFIED, "tls_not_supported: ", answer(error("0A000", "no TLS")));
        add("an answer that is neither S nor N", Client.ENCRYPTED, "not_postgresql: ", answer(text("G")));
        add("HTTP inside TLS", Client.UNVERIFIED, other + "HTTP", started(text("HTTP/1.1 400 Bad Request")));
    }

    private static void lengths() {
        for (int length : List.of(0, -1, Integer.MIN_VALUE, 3, 7, 2_001, 1_500_000_000, MOST)) {
            add("request of length " + length, Client.LENIENT, "not_postgresql: ", started(header('R', length)));
        }
        for (int length : List.of(0, -1, 3, 30_001, 1_500_000_000, MOST)) {
            add("first error of length " + length, Client.UNVERIFIED, "not_postgresql: ", started(header('E', length)));
            add("later error of length " + length, Client.LENIENT, FORM + "an error", started(OK, header('E', length)));
            add("notice of length " + length, Client.LENIENT, FORM + "a notice", started(OK, header('N', length)));
            add(
                    "parameter of length " + length,
                    Client.VERIFIED,
                    FORM + "a parameter",
                    authenticated(header('S', length)));
        }
        for (int length : List.of(4, 8, 13, 16, 268, 30_001)) {
            byte[] key = message('K', "k".repeat(length - Integer.BYTES));
            add("cancel key of length " + length, Client.LENIENT, FORM + "a cancel key", started(OK, key));
        }
        for (String status : List.of("", "II")) {
            add("ready with '" + status + "'", Client.LENIENT, FORM, started(OK, PARAMETER, message('Z', status)));
        }
        add("error of 1.5 GB after the login request", Client.UNVERIFIED, FORM + "an error", session -> {
            session.startup().send(SCRAM);
            session.endless('E', 1_500_000_000);
        });
        add("answer to a query of 1.5 GB", Client.LENIENT, FORM, session -> {
            session.startup().send(OK, message('S', "server_version\0009.6\0"), READY);
            session.endless('E', 1_500_000_000);
        });
    }

    private static void order() {
        add("ready before the login", Client.LENIENT, "not_postgresql: ", started(READY));
        add("notice before the login", Client.LENIENT, "not_postgresql: ", started(NOTICE));
        add("ready during the login", Client.ENCRYPTED, FORM, started(SCRAM, READY));
        add("parameter during the login", Client.ENCRYPTED, FORM, started(SCRAM, PARAMETER));
        add("two acceptances", Client.LENIENT, FORM + "an authentication request", started(OK, OK));
        add("a request after the login", Client.LENIENT, FORM + "an authentication request", started(OK, CLEAR_TEXT));
        add("a row before the session", Client.LENIENT, FORM + "a message of type 68", started(OK, message('D', "")));
        add("a notification", Client.LENIENT, FORM + "a message of type 65", started(OK, message('A', "1234a\0b\0")));
        add("an unknown type", Client.LENIENT, FORM + "a message of type 255", started(OK, message('\u00ff', "")));
        add("two methods", Client.ENCRYPTED, "not_postgresql: it requested a second login method", started(SCRAM, MD5));
        add("a version that nobody requested", Client.LENIENT, FORM, started(message('v', "\0\3\0\2\0\0\0\0")));
        add("a version with options", Client.LENIENT, FORM, started(message('v', "\0\3\0\0\177\377\377\377")));
        add(
                "two versions",
                Client.LENIENT,
                FORM,
                started(message('v', "\0\3\0\0\0\0\0\0"), message('v', "\0\3\0\0\0\0\0\0")));
        add(
                "one version, then a refusal",
                Client.LENIENT,
                "no_such_database: ",
                started(message('v', "\0\3\0\0\0\0\0\0"), error("3D000", "no")));
    }

    private static void methods() {
        String clear = "it requested a password in clear text";
        String only = ", and requireAuth is scram-sha-256 while the server is not verified";
        add("clear text", Client.UNVERIFIED, "other: " + clear + only, started(CLEAR_TEXT));
        add("MD5", Client.UNVERIFIED, "other: it requested a password as an MD5 hash" + only, started(MD5));
        add(
                "no request",
                Client.UNVERIFIED,
                "other: it accepted the login without requesting the password" + only,
                started(OK));
        add("no request, then a session", Client.UNVERIFIED, "other: it accepted", started(OK, PARAMETER, READY));
        addTrusted(
                "clear text, then an error",
                Client.VERIFIED,
                "credentials_refused: ",
                started(CLEAR_TEXT, error("28P01", "no")));
        addTrusted(
                "clear text twice, then an error",
                Client.TOKEN,
                "credentials_refused: ",
                started(CLEAR_TEXT, CLEAR_TEXT, error("28P01", "no")));
        add(
                "MD5",
                Client.TOKEN,
                "other: it requested a password as an MD5 hash, and an authentication token",
                started(MD5));
        add("SCRAM", Client.TOKEN, "other: it requested a SCRAM login, and an authentication token", started(SCRAM));
        Map<Integer, String> unsupported = Map.of(
                1, "Kerberos,",
                2, "Kerberos,",
                4, "a crypt password",
                6, "SCM credentials",
                7, "Kerberos (GSSAPI)",
                8, "Kerberos (GSSAPI)",
                9, "Windows authentication (SSPI)",
                13, "login method 13",
                -1, "login method -1");
        unsupported.forEach((code, name) -> {
            for (Client client : List.of(Client.LENIENT, Client.UNVERIFIED, Client.TOKEN)) {
                add("method " + code, client, "other: it requested " + name, started(request(code, "")));
            }
        });
        add(
                "SASL without SCRAM",
                Client.LENIENT,
                "other: it requested a SASL login",
                started(request(10, "OAUTHBEARER\0\0")));
        add("SCRAM with SHA-1", Client.UNVERIFIED, FORM, started(request(10, "SCRAM-SHA-1\0\0")));
        add(
                "SCRAM with SHA-1 as well",
                Client.UNVERIFIED,
                FORM,
                started(request(10, "SCRAM-SHA-256\0SCRAM-SHA-1\0\0")));
        add("channel binding without TLS", Client.LENIENT, FORM, started(request(10, "SCRAM-SHA-256-PLUS\0\0")));
        add("no mechanism", Client.UNVERIFIED, FORM, started(request(10, "\0")));
        add(
                "mechanisms without an end",
                Client.UNVERIFIED,
                "not_postgresql: ",
                started(request(10, "SCRAM-SHA-256\0")));
        add("a mechanism without an end", Client.UNVERIFIED, "not_postgresql: ", started(request(10, "SCRAM-SHA-256")));
        add("bytes after the mechanisms", Client.UNVERIFIED, FORM, started(request(10, "SCRAM-SHA-256\0\0x")));
        add("MD5 with a long salt", Client.LENIENT, FORM, started(request(5, "salty")));
        add("MD5 without a salt", Client.LENIENT, FORM, started(request(5, "")));
        add("a request without a code", Client.ENCRYPTED, "not_postgresql: ", started(message('R', "")));
    }

    private static void scram() {
        String refused = "other: the driver rejected the login: SCRAM authentication failed";
        for (Client client : List.of(Client.LENIENT, Client.UNVERIFIED, Client.VERIFIED)) {
            String proof = "other: it accepted the SCRAM login without proving that it has the password";
            add("SCRAM without an exchange", client, proof, started(SCRAM, OK));
            add("SCRAM without the final message", client, proof, session -> {
                session.startup().scram(4096, salt(16));
                session.hear();
                session.send(OK, PARAMETER, READY);
            });
            add("SCRAM with a wrong proof", client, refused, session -> {
                session.startup().scram(4096, salt(16));
                session.hear();
                session.send(request(12, "v=" + salt(32)), OK, PARAMETER, READY);
            });
        }
        for (long iterations : List.of(1_000_001L, 2_147_483_647L, 2_147_483_648L, Long.MAX_VALUE)) {
            add(
                    iterations + " iterations",
                    Client.UNVERIFIED,
                    "other: it requested more than 1000000 iterations",
                    session -> session.startup().scram(iterations, salt(16)));
        }
        add("no iteration", Client.UNVERIFIED, refused, session -> session.startup()
                .scram(0, salt(16)));
        add("a negative number of iterations", Client.UNVERIFIED, FORM, session -> session.startup()
                .scram(-1, salt(16)));
        add("a salt of 1 MB", Client.UNVERIFIED, FORM, session -> session.startup()
                .scram(4096, salt(1 << 20)));
        add(
                "a nonce that is not ours",
                Client.UNVERIFIED,
                refused,
                started(SCRAM, request(11, "r=theirs,s=" + salt(16) + ",i=4096")));
        add("an empty first message", Client.UNVERIFIED, refused, started(SCRAM, request(11, "")));
        add("no iterations", Client.UNVERIFIED, refused, started(SCRAM, request(11, "r=a,s=" + salt(16))));
        add("a continuation before SCRAM", Client.UNVERIFIED, FORM, started(request(11, "r=a,s=b,i=1")));
        add("an end before SCRAM", Client.UNVERIFIED, FORM, started(request(12, "v=a")));
        add("an end before the exchange", Client.UNVERIFIED, FORM, started(SCRAM, request(12, "v=a")));
        add("a SCRAM error", Client.UNVERIFIED, refused, session -> {
            session.startup().scram(4096, salt(16));
            session.hear();
            session.send(request(12, "e=invalid-proof"));
        });
    }

    private static void floods() {
        String much = "not_postgresql: it sent more than 1000 messages before the session was ready";
        add("notices", Client.LENIENT, much, flooded(NOTICE));
        add("parameters", Client.LENIENT, much, flooded(PARAMETER));
        add("cancel keys", Client.LENIENT, much, flooded(message('K', "12345678")));
        add(
                "long notices",
                Client.LENIENT,
                FORM + "more than 1048576 bytes",
                flooded(message('N', "M" + "x".repeat(29_000) + "\0\0")));
        add("requests", Client.LENIENT, "not_postgresql: ", session -> session.startup()
                .flood(CLEAR_TEXT));
        add("notices inside TLS", Client.VERIFIED, much, session -> {
            session.startup().send(CLEAR_TEXT);
            session.hear();
            session.send(OK);
            session.flood(NOTICE);
        });
        add("errors after SASL", Client.UNVERIFIED, "no_such_database: ", session -> {
            session.startup().send(SCRAM);
            session.flood(error("3D000", "no"));
        });
        add("answers to a query", Client.LENIENT, "not_postgresql: it sent more than", session -> {
            session.startup().send(OK, message('S', "server_version\0009.6\0"), READY);
            session.flood(NOTICE);
        });
    }

    private static void contents() {
        for (String parameter : List.of("", "a", "a\0", "a\0b", "a\0b\0c", "a\0b\0c\0", "\0\0\0")) {
            add(
                    "parameter '" + parameter + "'",
                    Client.LENIENT,
                    FORM + "a parameter",
                    started(OK, message('S', parameter)));
        }
        add("no version", Client.LENIENT, "not_postgresql: ", started(OK, READY));
        String rejected = "other: the driver rejected the login: ";
        Map.of(
                        "server_version\0garbage\0",
                        "network: ",
                        "server_version_num\0garbage\0",
                        "not_postgresql: ",
                        "client_encoding\0LATIN1\0",
                        rejected,
                        "integer_datetimes\0perhaps\0",
                        "not_postgresql: ",
                        "standard_conforming_strings\0perhaps\0",
                        rejected,
                        "DateStyle\0German\0",
                        rejected)
                .forEach((parameter, outcome) -> add("parameter " + parameter, Client.LENIENT, outcome, session -> {
                    session.startup().send(OK, message('S', parameter), READY);
                    session.end();
                }));
        add("error without fields", Client.LENIENT, "not_postgresql: ", started(message('E', "\0")));
        add("empty error", Client.LENIENT, "not_postgresql: ", started(message('E', "")));
        add(
                "error without an end",
                Client.LENIENT,
                "credentials_refused: ",
                started(message('E', "SFATAL\0C28P01\0Mno")));
        add(
                "error with repeated fields",
                Client.LENIENT,
                "no_such_database: ",
                started(message('E', "SFATAL\0Mno\0C28P01\0C3D000\0Mno\0\0")));
        add("error of 30 KB", Client.LENIENT, "no_such_database: ", started(error("3D000", "x".repeat(29_900))));
        add(
                "error with control characters",
                Client.LENIENT,
                "other: ",
                started(error("XX000", "a\u001b[31m\r\nb\u0007")));
        add(
                "error that is not UTF-8",
                Client.LENIENT,
                "credentials_refused: ",
                started(message('E', "SFATAL\0C28P01\0M\u00ff\u00fe\0\0")));
        add("error with an odd SQLSTATE", Client.LENIENT, "other: ", started(error("", "no")));
    }

    private static void transport() {
        for (Client client : List.of(Client.LENIENT, Client.UNVERIFIED)) {
            addSlow("silence at the beginning", client, ServerSession::hearStartup);
            addSlow("silence after the startup message", client, ServerSession::startup);
            addSlow("silence in a header", client, started(new byte[] {'R', 0, 0}));
            addSlow("silence in a message", client, started(new byte[] {'R', 0, 0, 0, 40, 0, 0, 0, 10, 'S'}));
            addSlow("silence in SCRAM", client, started(SCRAM));
            addSlow("slow bytes", client, session -> session.startup().drip(message('E', "x".repeat(20_000))));
            add("reset at the beginning", client, "network: ", ServerSession::reset);
            add("reset after the startup message", client, "network: ", session -> session.startup()
                    .reset());
            add("end after the startup message", client, "network: ", session -> session.startup()
                    .end());
            add("end in a message", client, "network: ", session -> {
                session.startup().send(new byte[] {'R', 0, 0, 0, 40});
                session.end();
            });
            add("reset in SCRAM", client, "network: ", session -> {
                session.startup().scram(4096, salt(16));
                session.reset();
            });
        }
        addSlow("silence after S", Client.UNVERIFIED, session -> {
            session.hearStartup();
            session.send(text("S"));
        });
        addSlow("slow bytes after S", Client.UNVERIFIED, session -> {
            session.hearStartup();
            session.send(text("S"));
            session.hearTls();
            session.drip(new byte[] {0x16, 3, 3, 0x3f, 0, 2, 0, 0x3f, 0});
        });
        for (Client client : List.of(Client.UNVERIFIED, Client.VERIFIED)) {
            add("an alert after S", client, "tls_failed: ", afterS(new byte[] {0x15, 3, 3, 0, 2, 2, 40}));
            add("plain text after S", client, "tls_failed: ", afterS(OK));
            add("a long record after S", client, "tls_failed: ", afterS(new byte[] {0x16, 3, 3, -1, -1, 2, 0}));
            add("zero bytes after S", client, "tls_failed: ", afterS(new byte[100]));
        }
        add("end after S", Client.VERIFIED, "tls_failed: ", session -> {
            session.hearStartup();
            session.send(text("S"));
            session.end();
        });
        add("another protocol in TLS", Client.UNVERIFIED, "tls_failed: ", session -> {
            session.hearStartup();
            session.send(text("S"));
            session.encrypt("http/1.1");
        });
    }

    private static ScriptedServer.Script answer(byte[] bytes) {
        return session -> {
            session.hearStartup();
            session.send(bytes);
        };
    }

    private static ScriptedServer.Script afterS(byte[] bytes) {
        return session -> {
            session.hearStartup();
            session.send(text("S"));
            // the answer must be a message of its own
            session.hearTls();
            session.send(bytes);
        };
    }

    private static ScriptedServer.Script started(byte[]... messages) {
        return session -> session.startup().send(messages);
    }

    private static ScriptedServer.Script authenticated(byte[] message) {
        return session -> {
            session.startup().send(CLEAR_TEXT);
            session.hear();
            session.send(OK, message);
        };
    }

    private static ScriptedServer.Script flooded(byte[] message) {
        return session -> {
            session.startup().send(OK);
            session.flood(message);
        };
    }

    private static byte[] error(String sqlState, String message) {
        return message('E', "SFATAL\0VFATAL\0C" + sqlState + "\0M" + message + "\0\0");
    }

    @BeforeAll
    static void playAll() {
        CertificateAuthority authority = CertificateAuthority.create("Our CA");
        root = authority.writeTo(directory.resolve("root.crt"));
        SSLContext tls = ScriptedServer.tls(authority.server("127.0.0.1"));
        behaviours().forEach(behaviour -> OUTCOMES.put(behaviour, THREADS.submit(() -> outcome(behaviour, tls))));
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    private static String outcome(Behaviour behaviour, SSLContext tls) throws SQLException {
        try (ScriptedServer server = new ScriptedServer(tls, behaviour.script())) {
            Connecting connecting =
                    behaviour.client().to(server.port()).with(CredentialsProvider.fixed("app", PASSWORD));
            if (behaviour.isSlow()) {
                connecting.with("DB_CONNECT_TIMEOUT", "1s");
            }
            try (Connection connection = connecting.connector().open(Duration.ofSeconds(20))) {
                return "connected to " + connection.getMetaData().getURL();
            } catch (ConnectionFailedException failed) {
                String first =
                        String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
                String reason = first.substring(first.indexOf(": ") + 2);
                boolean learned = server.received().contains(PASSWORD);
                return failed.kind().value() + ": " + reason
                        + (learned && !behaviour.learns() && behaviour.client() != Client.VERIFIED
                                ? " It got the password."
                                : "");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void open_hostileServer_failsInTimeWithoutGivingThePasswordAway(Behaviour behaviour) throws Exception {
        Future<String> result = Objects.requireNonNull(OUTCOMES.get(behaviour));

        String outcome = result.get(120, TimeUnit.SECONDS);

        assertThat(outcome).startsWith(behaviour.outcome());
        if (behaviour.client() != Client.LENIENT) {
            assertThat(outcome).doesNotContain("It got the password.");
        }
    }

    @Test
    void behaviours_areAtLeastSixty() {
        assertThat(behaviours()).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    }
}
