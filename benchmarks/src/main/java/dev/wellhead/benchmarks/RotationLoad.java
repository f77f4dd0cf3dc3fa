package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Rotates the password of a busy service with the steps of a single-user rotation: it creates the pending version, changes the
 * password on the server, waits for the gap, and moves the label AWSCURRENT.
 */
final class RotationLoad {

    private static final int ROTATIONS = 2;
    private static final int CALM_SECONDS = 2;
    private static final int LIMIT_SECONDS = 180;
    private static final String USER = "rotated";

    private final PostgresServer server;
    private final SecretsManagerServer store;
    private final String secretId;
    private final Map<String, String> environment;
    private final Path log;

    RotationLoad(
            PostgresServer server,
            SecretsManagerServer store,
            String secretId,
            Map<String, String> environment,
            Path log) {
        this.server = server;
        this.store = store;
        this.secretId = secretId;
        this.environment = environment;
        this.log = log;
    }

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
        ProcessBuilder builder = new ProcessBuilder(
                List.of(Jvm.current().java(), "-classpath", library.classPath(), "dev.wellhead.benchmarks.load.Load"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        Process process = builder.start();
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8)) {
            expect("ready", output);
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            store.forgetCalls();
            int refusalsBefore = refusals();
            for (int i = 1; i <= ROTATIONS; i++) {
                rotate("password-" + i, gapSeconds);
            }
            int calls = store.calls().size();
            int refused = refusals() - refusalsBefore;
            input.write("stop\n");
            input.flush();
            String[] figures = String.valueOf(output.readLine()).split(" ", -1);
            if (process.waitFor() != 0 || figures.length != 3) {
                throw new IOException(library.name() + " failed: " + Files.readString(log));
            }
            return new Outcome(
                    Long.parseLong(figures[0]),
                    Long.parseLong(figures[1]),
                    Double.parseDouble(figures[2]),
                    calls,
                    refused);
        } finally {
            process.destroyForcibly();
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

    private void expect(String line, BufferedReader output) throws IOException {
        String actual = output.readLine();
        if (!line.equals(actual)) {
            throw new IOException(
                    "expected '" + line + "' but the program printed '" + actual + "': " + Files.readString(log));
        }
    }
}
