package dev.wellhead.cli;

import dev.wellhead.settings.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Returns when the database is there. */
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = "Returns when the database accepts a login. For entrypoints and CI.",
        footer = {
            "",
            "Every failure is waited for, a refused password too: a database that is still being set up has no role yet. "
                    + "What the last one was is said in the end.",
            "",
            "Exit codes: 0 it is there, 1 it did not come in time or cannot be opened, 2 the command line is wrong."
        })
final class WaitCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait: 500ms, 60s, 2m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--for-primary", description = "Wait for a server that takes writes.")
    private boolean primary;

    @Option(
            names = "--for-query",
            paramLabel = "SQL",
            description = "Wait until the first column of the first row is there and is neither false nor NULL nor 0.")
    private @Nullable String query;

    WaitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Complaint complaint = new Complaint(surroundings);
        Progress progress = new Progress(surroundings);
        try (Arrival arrival = Arrival.of(surroundings.requests().apply(database.name()), primary, query)) {
            long begin = System.nanoTime();
            boolean there = arrival.await(timeout, progress);
            progress.end();
            if (there) {
                progress.done("It is there after " + (System.nanoTime() - begin) / 1_000_000_000L + " s.");
                return CommandLine.ExitCode.OK;
            }
            complaint.say("The database did not come within " + timeout.toMillis() + " ms. " + arrival.lastFailure());
        } catch (ConfigurationException e) {
            progress.end();
            complaint.say(e);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
