package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;

/**
 * A rotation with the steps of AWS's rotation functions: createSecret, setSecret (the server gets the password),
 * finishSecret. With alternating users, the new version contains the other user.
 */
final class SecretRotation {

    static final String SECRET = "prod/arena";

    private static final String FIRST_PASSWORD = "password-1";
    private static final String SECOND_PASSWORD = "password-2";

    private final PostgresServer server;
    private final SecretsManagerServer store;
    private final int port;
    private final String first;
    private final String second;

    private SecretRotation(PostgresServer server, SecretsManagerServer store, int port, String first, String second) {
        this.server = server;
        this.store = store;
        this.port = port;
        this.first = first;
        this.second = second;
    }

    /**
     * {@return a rotation; the secret and the users exist}
     *
     * @param port the port in the secret, which is that of a pooler or a proxy if there is one
     */
    static SecretRotation prepare(PostgresServer server, SecretsManagerServer store, int port, boolean alternating) {
        SecretRotation rotation = new SecretRotation(server, store, port, "app", alternating ? "app_clone" : "app");
        server.createRole(rotation.first, FIRST_PASSWORD);
        if (alternating) {
            server.createRole(rotation.second, "password-0");
        }
        store.put(SECRET, rotation.secret(rotation.first, FIRST_PASSWORD));
        return rotation;
    }

    /** Performs createSecret and setSecret. */
    void changePassword() {
        store.createPending(SECRET, secret(second, SECOND_PASSWORD));
        server.setPassword(second, SECOND_PASSWORD);
    }

    /** Ends the sessions of the users, but not those of other users of the server. */
    void endSessions() {
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('" + first + "', '"
                + second + "')");
    }

    /** Performs finishSecret. */
    void finish() {
        store.finish(SECRET);
    }

    private String secret(String user, String password) {
        return "{\"engine\":\"postgres\",\"host\":\"127.0.0.1\",\"port\":" + port
                + ",\"dbname\":\"postgres\",\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }
}
