package dev.wellhead.internal.command;

import dev.wellhead.settings.CommandLine;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Lets all databases of the process share one run of the same command at a time. Thread-safe. */
final class SharedRuns {

    private static final ConcurrentMap<CommandLine, FutureTask<byte[]>> RUNNING = new ConcurrentHashMap<>();

    private SharedRuns() {}

    /**
     * {@return what the program printed}
     *
     * @param run runs the program; throws only {@link CommandFailedException} and unchecked exceptions
     * @param isNew whether the run has to begin now; otherwise the output of a run in progress is sufficient
     */
    static byte[] output(CommandLine command, Callable<byte[]> run, boolean isNew) throws CommandFailedException {
        while (true) {
            FutureTask<byte[]> own = new FutureTask<>(run);
            FutureTask<byte[]> other = RUNNING.putIfAbsent(command, own);
            if (other == null) {
                try {
                    own.run();
                } finally {
                    RUNNING.remove(command, own);
                }
                return result(own);
            }
            if (!isNew) {
                return result(other);
            }
            awaitEnd(other);
        }
    }

    private static void awaitEnd(FutureTask<byte[]> other) throws CommandFailedException {
        try {
            byte[] unused = result(other);
        } catch (CommandFailedException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // the failure of an earlier run; the next one has its own result
        }
    }

    private static byte[] result(FutureTask<byte[]> task) throws CommandFailedException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("was interrupted", "", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof CommandFailedException failed) {
                throw failed;
            }
            if (cause instanceof Error broken) {
                throw broken;
            }
            throw cause instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(cause);
        }
    }
}
