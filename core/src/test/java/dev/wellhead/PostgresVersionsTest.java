package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.PostgresServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Connecting, TLS and a rotation on every supported version of PostgreSQL. The build uses the version of the testkit;
 * {@code -Dpostgresql.versions} also fetches the others.
 */
@Timeout(240)
class PostgresVersionsTest {

    private static final String BUILT_IN = "16";
    private static final Path JARS = Path.of("target", "postgresql-versions");

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");
    private static final Map<String, PostgresServer> SERVERS = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    /** {@return the major versions: the file names are {@code <version>.jar}} */
    static List<String> versions() throws IOException {
        if (System.getProperty("postgresql.versions") == null) {
            return List.of(BUILT_IN);
        }
        try (Stream<Path> jars = Files.list(JARS)) {
            Stream<String> others = jars.map(jar -> jar.getFileName().toString().replace(".jar", ""));
            return Stream.concat(Stream.of(BUILT_IN), others).sorted().toList();
        }
    }

    /** {@return the binaries of a version; empty for the version that is on the class path} */
    static Optional<Path> jar(String version) {
        return version.equals(BUILT_IN)
                ? Optional.empty()
                : Optional.of(JARS.resolve(version + ".jar").toAbsolutePath());
    }

    @AfterAll
    static void closeServers() {
        SERVERS.values().forEach(PostgresServer::close);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void connect_everyVersion_runsQueries(String version) throws SQLException {
        TestDatabase app = TestDatabase.on(server(version), "app");
        try (Database database = app.open("DB_STATEMENT_TIMEOUT", "7s", "DB_TARGET_SERVER_TYPE", "read-write");
                Connection connection = database.getConnection()) {
            assertThat(TestDatabase.answer(connection, "show server_version")).startsWith(version + ".");
            assertThat(TestDatabase.answer(connection, "show statement_timeout"))
                    .isEqualTo("7s");
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void tls_everyVersion_isVerified(String version) throws SQLException {
        try (Database database = openWithTls(version)) {
            assertThat(encryption(database)).isEqualTo("TLSv1.3");
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void directTls_sinceVersion17_isVerified(String version) throws SQLException {
        assumeTrue(Integer.parseInt(version) >= 17, "direct TLS needs PostgreSQL 17");
        try (Database database = openWithTls(version, "DB_SSLNEGOTIATION", "direct")) {
            assertThat(encryption(database)).isEqualTo("TLSv1.3");
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void rotation_everyVersion_failsNoBorrow(String version) throws Exception {
        TestDatabase app = TestDatabase.on(server(version), "password-0");
        Path file = Files.writeString(directory.resolve("password"), "password-0");
        try (Database database = Databases.builder()
                        .environment(
                                app.environment("DB_PASSWORD_FILE", file.toString(), "DB_CONNECTION_TIMEOUT", "60s"))
                        .open();
                BorrowLoad load = BorrowLoad.start(database)) {
            load.awaitUses(20);
            app.setPassword("password-1");
            server(version).terminateSessions();
            Path next = Files.writeString(directory.resolve("next"), "password-1");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            load.print("rotation on PostgreSQL " + version, load.awaitRecovery());
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    private Database openWithTls(String version, String... more) throws SQLException {
        PostgresServer server = server(version);
        Map<String, String> environment = TestDatabase.on(server, "app").environmentWithPassword(more);
        environment.put("DB_SSLMODE", "verify-full");
        environment.put(
                "DB_SSLROOTCERT",
                AUTHORITY.writeTo(directory.resolve("root.crt")).toString());
        return Databases.builder().environment(environment).open();
    }

    private static String encryption(Database database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return TestDatabase.answer(connection, "select version from pg_stat_ssl where pid = pg_backend_pid()");
        }
    }

    private static PostgresServer server(String version) {
        return SERVERS.computeIfAbsent(version, PostgresVersionsTest::start);
    }

    private static PostgresServer start(String version) {
        PostgresServerBuilder builder = PostgresServer.builder().tls(AUTHORITY.server("127.0.0.1"));
        jar(version).ifPresent(builder::binaries);
        return builder.start();
    }
}
