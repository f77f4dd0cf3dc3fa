package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rotates the password of a busy service with the steps of a single-user rotation: it creates the pending version, changes the
 * password on the server, waits for the gap, and moves the label AWSCURRENT.
 *
 * @param server the server that accepts the passwords
 * @param store the store of the secret
 * @param secretId the secret
 * @param environment the variables of the service
 * @param log gets the error output of the service
 */
record RotationLoad(
        PostgresServer server, SecretsManagerServer store, String secretId, Map<String, String> environment, Path log) {

    private static final int ROTATIONS = 2;
    private static final int CALM_SECONDS = 2;
    private static final String USER = "rotated";

    /**
     * The effects of the rotations on the service.
     *
     * @param borrows the number of attempts to acquire a connection
     * @param failed the number of failed attempts
     * @param longestMillis the longest wait of a successful attempt
     * @param calls the number of GetSecretValue calls
     * @param refusals the number of logins that the server refused
     */
    record Outcome(long borrows, long failed, double longestMillis, int calls, int refusals) {}

    Outcome run(SecretsLibrary library, int gapSeconds) throws IOException, InterruptedException {
        server.execute("DROP ROLE IF EXISTS " + USER);
        server.createRole(USER, "password-0");
        store.put(secretId, secret("password-0"));
        List<String> command =
                List.of(Jvm.current().java(), "-classpath", library.classPath(), "dev.wellhead.benchmarks.load.Load");
        try (LoadProgram program = LoadProgram.start(command, environment, log)) {
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            store.forgetCalls();
            int refusalsBefore = refusals();
            for (int i = 1; i <= ROTATIONS; i++) {
                rotate("password-" + i, gapSeconds);
            }
            int calls = store.calls().size();
            int refused = refusals() - refusalsBefore;
            String line = program.stop();
            String[] figures = line.split(" ", -1);
            if (figures.length != 3) {
                throw new IOException(library.name() + " printed '" + line + "'");
            }
            return new Outcome(
                    Long.parseLong(figures[0]),
                    Long.parseLong(figures[1]),
                    Double.parseDouble(figures[2]),
                    calls,
                    refused);
        }
    }

    private void rotate(String password, int gapSeconds) throws InterruptedException {
        store.createPending(secretId, secret(password));
        server.setPassword(USER, password);
        TimeUnit.SECONDS.sleep(gapSeconds);
        store.finish(secretId);
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
    }

    private String secret(String password) {
        return "{\"engine\":\"postgres\",\"host\":\"" + server.host() + "\",\"port\":" + server.port()
                + ",\"dbname\":\"postgres\",\"username\":\"" + USER + "\",\"password\":\"" + password + "\"}";
    }

    private int refusals() {
        return server.log().split("password authentication failed", -1).length - 1;
    }
}
