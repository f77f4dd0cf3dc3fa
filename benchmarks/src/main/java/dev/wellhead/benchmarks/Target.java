package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.Map;

/**
 * The server of all comparisons. Programs connect by name, as services do, and not by address.
 *
 * @param rootCertificate a PEM file with the root certificate of the server
 */
record Target(String host, int port, String rootCertificate) {

    static final String DATABASE = "postgres";
    static final String USER = PostgresServer.SUPERUSER;
    static final String PASSWORD = PostgresServer.SUPERUSER_PASSWORD;

    /** {@return the variables of a program that connects with either library} */
    Map<String, String> environment(Path home) {
        return Map.of(
                "HOME", home.toString(),
                "JDBC_URL", jdbcUrl(),
                "DB_HOST", host,
                "DB_PORT", Integer.toString(port),
                "DB_NAME", DATABASE,
                "DB_USER", USER,
                "DB_PASSWORD", PASSWORD);
    }

    String jdbcUrl() {
        return jdbcUrl(host, port);
    }

    static String jdbcUrl(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + DATABASE + "?sslmode=disable";
    }
}
