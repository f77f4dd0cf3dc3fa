package dev.wellhead.benchmarks;

import dev.wellhead.testkit.CommandLoad;
import dev.wellhead.testkit.RedisServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Rotates the password of a busy service while the server closes all of its connections many times per second. The
 * server keeps the old password for the time of the gap, or replaces it immediately.
 *
 * @param server the server that accepts the passwords
 * @param store the store of the secret
 * @param secretId the secret
 * @param environment the variables of the service
 * @param log gets the error output of the service
 */
record RedisRotation(
        RedisServer server, SecretsManagerServer store, String secretId, Map<String, String> environment, Path log) {

    static final String USER = "app";
    static final String FIRST_PASSWORD = "password-0";

    private static final int ROTATIONS = 2;
    private static final int CALM_SECONDS = 2;
    private static final int KILL_MILLIS = 25;
    private static final int LIMIT_SECONDS = 180;

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
        List<String> command = List.of(Jvm.current().java(), "-classpath", classPath, RedisPrograms.LOAD, library);
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        try (LoadProgram program = LoadProgram.start(command, environment, log)) {
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
            return new Effects(CommandLoad.Outcome.parse(program.stop()), killed[0], reads);
        } finally {
            killer.shutdownNow();
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
}
