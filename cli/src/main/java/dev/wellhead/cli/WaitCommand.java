package dev.wellhead.cli;

import dev.wellhead.settings.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
            "Exit codes: 0 the database is ready, 1 it was not ready in time or the settings are invalid, "
                    + "2 wrong usage."
        })
final class WaitCommand implements Callable<Integer> {

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

    WaitCommand(CommandContext context) {
        this.context = context;
    }

    /** {@return 0 if the database was ready in time, otherwise 1} */
    @Override
    public Integer call() throws InterruptedException {
        ErrorOutput errors = new ErrorOutput(context);
        ProgressLine progress = new ProgressLine(context);
        try (DatabaseWaiter waiter = DatabaseWaiter.of(context.requests().apply(database.name()), primary, query)) {
            long start = System.nanoTime();
            if (waiter.await(timeout, progress)) {
                long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                progress.finish(
                        seconds == 0 ? "The database is ready." : "The database is ready after " + seconds + " s.");
                return CommandLine.ExitCode.OK;
            }
            progress.erase();
            errors.print("The database was not ready within " + DurationConverter.format(timeout) + ". Last failure: "
                    + waiter.lastFailure());
        } catch (ConfigurationException e) {
            progress.erase();
            errors.print(e);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
