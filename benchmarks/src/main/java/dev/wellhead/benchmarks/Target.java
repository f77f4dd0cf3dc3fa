package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;

/**
 * The server under every comparison. By name, as services do it, not by address.
 *
 * @param rootCertificate a PEM file that verifies its certificate
 */
record Target(String host, int port, String rootCertificate) {

    static final String DATABASE = "postgres";
    static final String USER = PostgresServer.SUPERUSER;
    static final String PASSWORD = PostgresServer.SUPERUSER_PASSWORD;

    String jdbcUrl() {
        return jdbcUrl(host, port);
    }

    static String jdbcUrl(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + DATABASE + "?sslmode=disable";
    }
}
