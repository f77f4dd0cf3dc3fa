package dev.wellhead.benchmarks;

import dev.wellhead.testkit.CommandLoad;
import dev.wellhead.testkit.RedisServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Rotates the password of a busy service while the server closes all of its connections many times per second. The
 * server keeps the old password for the time of the gap, or replaces it immediately.
 */
final class RedisRotation {

    static final String USER = "app";
    static final String FIRST_PASSWORD = "password-0";

    private static final int ROTATIONS = 2;
    private static final int CALM_SECONDS = 2;
    private static final int KILL_MILLIS = 25;
    private static final int LIMIT_SECONDS = 180;

    private final RedisServer server;
    private final SecretsManagerServer store;
    private final String secretId;
    private final Map<String, String> environment;
    private final Path log;

    RedisRotation(
            RedisServer server,
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
     * @param load what its threads have done
     * @param killed the number of connections that the server has closed
     * @param reads the number of reads of the secret in both rotations
     */
    record Effects(CommandLoad.Outcome load, int killed, int reads) {}

    /**
     * {@return the effects of two rotations}
     *
     * @param twoPasswords whether the server accepts the old password during the gap
     */
    Effects run(String classPath, String library, boolean twoPasswords, int gapSeconds)
            throws IOException, InterruptedException {
        server.setPasswords(USER, FIRST_PASSWORD);
        store.put(secretId, secret(FIRST_PASSWORD));
        ProcessBuilder builder =
                new ProcessBuilder(List.of(Jvm.current().java(), "-classpath", classPath, RedisPrograms.LOAD, library));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        Process process = builder.start();
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8)) {
            expect("ready", output);
            int[] killed = {0};
            ScheduledFuture<?> kills = killer.scheduleWithFixedDelay(
                    () -> killed[0] += server.kill(USER), 0, KILL_MILLIS, TimeUnit.MILLISECONDS);
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            store.forgetCalls();
            for (int i = 1; i <= ROTATIONS; i++) {
                rotate("password-" + (i - 1), "password-" + i, twoPasswords, gapSeconds);
            }
            int reads = store.calls().size();
            end(killer, kills);
            input.write("stop\n");
            input.flush();
            String outcome = output.readLine();
            if (outcome == null || process.waitFor() != 0) {
                throw new IOException(library + " failed: " + Files.readString(log));
            }
            return new Effects(CommandLoad.Outcome.parse(outcome), killed[0], reads);
        } finally {
            killer.shutdownNow();
            process.destroyForcibly();
        }
    }

    /** Waits for the last run, so that its number is counted. */
    private static void end(ScheduledExecutorService killer, ScheduledFuture<?> kills)
            throws IOException, InterruptedException {
        killer.shutdown();
        if (!killer.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the server has not closed the connections in " + LIMIT_SECONDS + " seconds");
        }
        try {
            kills.get();
        } catch (CancellationException e) {
            // by the shutdown: no run has failed
        } catch (ExecutionException e) {
            throw new IOException("the server could not close the connections", e.getCause());
        }
    }

    private void rotate(String before, String after, boolean twoPasswords, int gapSeconds) throws InterruptedException {
        store.createPending(secretId, secret(after));
        if (twoPasswords) {
            server.setPasswords(USER, before, after);
        } else {
            server.setPasswords(USER, after);
        }
        TimeUnit.SECONDS.sleep(gapSeconds);
        store.finish(secretId);
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
        server.setPasswords(USER, after);
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
    }

    private static String secret(String password) {
        return "{\"username\":\"" + USER + "\",\"password\":\"" + password + "\"}";
    }

    private void expect(String line, BufferedReader output) throws IOException {
        String actual = output.readLine();
        if (!line.equals(actual)) {
            throw new IOException(
                    "expected '" + line + "' but the program printed '" + actual + "': " + Files.readString(log));
        }
    }
}
