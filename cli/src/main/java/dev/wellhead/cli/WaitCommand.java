package dev.wellhead.cli;

import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.settings.ConfigurationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Waits until the database is ready. Invalid settings end the command immediately, because waiting does not help; every
 * other failure is retried until the time is up.
 */
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = "Waits until the database accepts a login. For entry points of containers and for CI.",
        footer = {
            "",
            "Every failure is retried, a refused password too: the role may not exist yet. "
                    + "If the time is up, the last failure is printed.",
            "",
            "Exit codes: 0 the database is ready, 64 wrong usage, 78 invalid settings. If the time is up: 75 the last "
                    + "failure can go away on its own, 69 it cannot, 124 the query did not return a true value in time."
        })
final class WaitCommand implements Callable<Integer> {

    /** Within a version keys are added, but not removed or changed in meaning. */
    private static final int SCHEMA_VERSION = 1;

    private final CommandContext context;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "The longest time to wait, such as 500ms, 60s or 2m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--for-primary", description = "Wait for a server that accepts writes.")
    private boolean primary;

    @Option(
            names = "--for-query",
            paramLabel = "SQL",
            description = "Wait until the query returns a row whose first column is not false, NULL or 0.")
    private @Nullable String query;

    @Option(names = "--json", description = "Write the result as JSON; docs/cli.md describes its schema.")
    private boolean json;

    WaitCommand(CommandContext context) {
        this.context = context;
    }

    /** {@return the exit code} */
    @Override
    public Integer call() throws InterruptedException {
        ErrorOutput errors = new ErrorOutput(context);
        ProgressLine progress = new ProgressLine(context.err(), context.errorTerminal());
        long start = System.nanoTime();
        try (DatabaseWaiter waiter = DatabaseWaiter.of(database.request(context), primary, query)) {
            OnShutdown interrupted = OnShutdown.run(() -> interrupted(progress, waiter, start));
            try (interrupted) {
                if (waiter.await(timeout, progress)) {
                    long seconds = seconds(start);
                    progress.finish(
                            seconds == 0 ? "The database is ready." : "The database is ready after " + seconds + " s.");
                    return end(Outcome.OK, null, start);
                }
            }
            progress.erase();
            errors.print("The database was not ready within " + DurationConverter.format(timeout) + ". Last failure: "
                    + waiter.lastFailure());
            return end(waiter.failure().outcome(), waiter.failure(), start);
        } catch (ConfigurationException e) {
            progress.erase();
            errors.print(e);
            return end(Outcome.CONFIGURATION, Failure.of(e.problems().get(0)), start);
        }
    }

    private void interrupted(ProgressLine progress, DatabaseWaiter waiter, long start) {
        progress.erase();
        new ErrorOutput(context)
                .print("INTERRUPTED: the database was not ready yet. Last failure: " + waiter.lastFailure());
        end(Outcome.INTERRUPTED, waiter.failure(), start);
    }

    private static long seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }

    /** {@return the exit code} Prints the result as JSON, if that is requested. */
    private int end(Outcome outcome, @Nullable Failure failure, long start) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("schemaVersion", SCHEMA_VERSION);
            result.put("verdict", outcome.value());
            result.put("failure", Failure.json(failure));
            result.put("name", database.name());
            result.put("ready", outcome == Outcome.OK);
            result.put("waitedMilliseconds", (System.nanoTime() - start) / 1_000_000);
            context.out().print(JsonOutput.of(result));
            context.out().flush();
        }
        return outcome.exitCode();
    }
}
