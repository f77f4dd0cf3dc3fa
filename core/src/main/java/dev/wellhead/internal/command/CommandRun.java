package dev.wellhead.internal.command;

import dev.wellhead.settings.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program once: without a shell and without input, with the environment of this process, for a limited time and
 * with limited output. A program that exceeds a limit is ended together with its descendants.
 *
 * <p>The output is polled, so that no read can block: a child that outlives the program, such as an agent, can keep the
 * pipe open for ever.
 */
final class CommandRun {

    /** The longest password that a server reads. A JSON object with other fields can be as long. */
    static final int LARGEST_OUTPUT = 65_535;

    /** More of the error output is read, but not kept. */
    private static final int LARGEST_ERROR = 8_192;

    private static final int BUFFER = 4_096;
    private static final long POLL_MILLIS = 10;

    private final CommandLine command;
    private final Duration limit;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    CommandRun(CommandLine command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    /** {@return what the program printed, if its exit code is 0} Sensitive. */
    byte[] output() throws CommandFailedException {
        Process process = start();
        try {
            process.getOutputStream().close();
            await(process);
        } catch (IOException e) {
            end(process);
            throw new CommandFailedException(
                    "names a program whose output cannot be read", "See the cause, and run the command again.", e);
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new CommandFailedException("was interrupted", "", e);
        } catch (CommandFailedException e) {
            end(process);
            throw e;
        }
        if (process.exitValue() != 0) {
            throw ExitCode.failure(command, process.exitValue(), error.toByteArray());
        }
        if (output.size() == 0) {
            throw new CommandFailedException("printed nothing", "Print the password on the standard output.", null);
        }
        return output.toByteArray();
    }

    private Process start() throws CommandFailedException {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        try {
            return builder.start();
        } catch (IOException e) {
            throw StartFailure.of(command, builder.environment().get("PATH"), e);
        }
    }

    private void await(Process process) throws IOException, InterruptedException, CommandFailedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            drain(process.getErrorStream(), error, LARGEST_ERROR);
            drain(process.getInputStream(), output, LARGEST_OUTPUT + 1);
            if (output.size() > LARGEST_OUTPUT) {
                throw new CommandFailedException(
                        "printed more than " + LARGEST_OUTPUT + " bytes, and was stopped",
                        "Print only the password, or a JSON object.",
                        null);
            }
            if (!ended && System.nanoTime() - deadline > 0) {
                throw new CommandFailedException(
                        "did not end within " + limit.toMillis() + " ms, and was stopped",
                        "Check what it waits for: it gets no input, so it cannot ask for anything.",
                        null);
            }
        }
    }

    /** Reads what is available now, and keeps at most {@code largest} bytes in total. */
    private static void drain(InputStream from, ByteArrayOutputStream kept, int largest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int total = 0;
        // a program that prints without end must not keep the thread in this loop
        while (from.available() > 0 && total <= LARGEST_OUTPUT) {
            int read = from.read(buffer, 0, Math.min(buffer.length, from.available()));
            kept.write(buffer, 0, Math.max(0, Math.min(read, largest - kept.size())));
            total += read;
        }
    }

    /** Ends the program before its descendants, which it could start again. */
    private static void end(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        for (ProcessHandle descendant : descendants) {
            descendant.destroyForcibly();
        }
    }
}
