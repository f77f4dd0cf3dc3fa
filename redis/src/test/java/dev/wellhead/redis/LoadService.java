package dev.wellhead.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.testkit.AnsweringProcess;
import dev.wellhead.testkit.CommandLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** A service whose threads run commands on the Redis of its environment until it reads a line. */
final class LoadService {

    private static final int THREADS = 8;

    private LoadService() {}

    public static void main(String[] arguments) throws IOException {
        try (Redis redis = Redis.fromEnvironment();
                CommandLoad load = CommandLoad.start(redis.client(), THREADS)) {
            System.out.println(AnsweringProcess.ANSWER + "ready");
            new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            CommandLoad.Outcome outcome = load.stop();
            load.failures().forEach(System.out::println);
            System.out.println(AnsweringProcess.ANSWER + outcome);
        }
    }
}
