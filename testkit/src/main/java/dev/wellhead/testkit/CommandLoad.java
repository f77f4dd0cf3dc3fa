package dev.wellhead.testkit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that each write a value and read it back through a connection of their own, and a record of their failures. A
 * module that uses it needs Lettuce. Thread-safe.
 *
 * <p>Lettuce sends a command again after it has reconnected, except if the connection was reset while the command waited
 * for its answer. A server that closes a connection with unread commands resets it. The threads repeat such a command,
 * and count it as reset and not as failed.
 */
public final class CommandLoad implements AutoCloseable {

    /** How long a command may take until it counts as failed, including reconnects. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = 1_000_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int KEPT_FAILURES = 5;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private CommandLoad() {}

    /** {@return running threads with open connections; the caller closes the load, and then the client} */
    public static CommandLoad start(RedisClient client, int threads) {
        CommandLoad load = new CommandLoad();
        for (int i = 0; i < threads; i++) {
            StatefulRedisConnection<String, String> connection = client.connect();
            connection.setTimeout(LIMIT);
            String key = "load-" + i;
            load.threads.add(new Thread(() -> load.run(connection, key), key));
        }
        load.threads.forEach(Thread::start);
        return load;
    }

    private void run(StatefulRedisConnection<String, String> connection, String key) {
        RedisCommands<String, String> redis = connection.sync();
        long value = 0;
        try (connection) {
            while (!stopped) {
                String written = Long.toString(value++);
                if (isDone(() -> redis.set(key, written).equals("OK"))) {
                    isDone(() -> written.equals(redis.get(key)));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private interface Command {
        boolean run();
    }

    private boolean isDone(Command command) {
        long begin = System.nanoTime();
        boolean done = false;
        try {
            done = isDoneUnlessReset(command);
        } catch (RedisException e) {
            if (failures.size() < KEPT_FAILURES) {
                failures.add(e.toString());
            }
        }
        longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
        commands.incrementAndGet();
        if (!done) {
            failed.incrementAndGet();
        }
        return done;
    }

    private boolean isDoneUnlessReset(Command command) {
        while (true) {
            try {
                if (command.run()) {
                    return true;
                }
                failures.add("The answer is not the value that was written.");
                return false;
            } catch (RedisException e) {
                if (!(e.getCause() instanceof SocketException)) {
                    throw e;
                }
                resets.incrementAndGet();
            }
        }
    }

    /**
     * What the threads have done.
     *
     * @param commands the number of commands
     * @param failed the number of those that failed or returned another value
     * @param resets the number of commands that were repeated because their connection was reset
     * @param longestMillis the longest command in milliseconds
     */
    public record Outcome(long commands, long failed, long resets, double longestMillis) {

        /** {@return the outcome that another process has printed with {@link #toString}} */
        public static Outcome parse(String line) {
            String[] figures = line.split(" ", -1);
            return new Outcome(
                    Long.parseLong(figures[0]),
                    Long.parseLong(figures[1]),
                    Long.parseLong(figures[2]),
                    Double.parseDouble(figures[3]));
        }

        @Override
        public String toString() {
            return commands + " " + failed + " " + resets + " " + longestMillis;
        }
    }

    private Outcome outcome() {
        return new Outcome(commands.get(), failed.get(), resets.get(), longest.get() / NANOS_PER_MILLI);
    }

    /** {@return the first failures} */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** {@return what the threads have done, after their last command has ended} */
    public Outcome stop() {
        close();
        return outcome();
    }

    /** Stops the threads, and waits until their last command has ended. */
    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
