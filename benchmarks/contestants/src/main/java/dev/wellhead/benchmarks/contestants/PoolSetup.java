package dev.wellhead.benchmarks.contestants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pool connects to. Every library gets the same values from the environment of its process.
 *
 * @param name the name of the pool
 * @param hosts the hosts, separated by commas
 * @param ports one port for each host, separated by commas
 * @param user the role; null if the secret contains it
 * @param password the password; null if it is in a file or in a secret
 * @param passwordFile the file with the password
 * @param secretId the secret with user and password
 * @param rootCertificate the file with the root certificate; null if the connection is not encrypted
 * @param pooler whether PgBouncer is in front of the server
 * @param size the number of connections
 */
record PoolSetup(
        String name,
        String hosts,
        String ports,
        @Nullable String user,
        @Nullable String password,
        @Nullable String passwordFile,
        @Nullable String secretId,
        @Nullable String rootCertificate,
        boolean pooler,
        int size) {

    /** The time-outs of the arena. */
    static final int CONNECTION_TIMEOUT_MILLIS = 5_000;

    /** How long a pool retries its first connection. It has no effect on the faults, which are injected later. */
    static final int START_MILLIS = 30_000;

    static final String DATABASE = "postgres";

    private static final int POOL_SIZE = 8;

    static PoolSetup of(Map<String, String> environment) {
        return new PoolSetup(
                "arena",
                environment.getOrDefault("ARENA_HOST", "localhost"),
                environment.getOrDefault("ARENA_PORT", "5432"),
                environment.get("ARENA_USER"),
                environment.get("ARENA_PASSWORD"),
                environment.get("ARENA_PASSWORD_FILE"),
                environment.get("ARENA_SECRET_ID"),
                environment.get("ARENA_ROOT_CERTIFICATE"),
                environment.containsKey("ARENA_POOLER"),
                POOL_SIZE);
    }

    /** {@return a small pool for another database of the same process, on this port and with a password that stays} */
    PoolSetup other(String port, Map<String, String> environment) {
        return new PoolSetup(
                "other" + port,
                "127.0.0.1",
                port,
                environment.get("ARENA_OTHER_USER"),
                environment.get("ARENA_OTHER_PASSWORD"),
                null,
                null,
                null,
                false,
                1);
    }

    /** {@return the password for a library that reads it once, when it starts} */
    @Nullable
    String staticPassword() {
        try {
            return passwordFile == null
                    ? password
                    : Files.readString(Path.of(passwordFile)).strip();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the password file", e);
        }
    }

    /** {@return the part of a JDBC URL after the scheme, with the settings that an experienced engineer adds} */
    String jdbcUrl() {
        StringBuilder servers = new StringBuilder();
        String[] host = hosts.split(",", -1);
        String[] port = ports.split(",", -1);
        for (int i = 0; i < host.length; i++) {
            servers.append(i == 0 ? "" : ",").append(host[i]).append(':').append(port[i]);
        }
        return "postgresql://" + servers + "/" + DATABASE
                + "?connectTimeout=4&socketTimeout=10&tcpKeepAlive=true&targetServerType=primary"
                + (rootCertificate == null ? "&sslmode=disable" : "&sslmode=verify-full&sslrootcert=" + rootCertificate)
                + (pooler ? "&prepareThreshold=0" : "");
    }
}
