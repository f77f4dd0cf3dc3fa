package dev.wellhead.cli;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs a command of {@code wellhead} and exits with its exit code, a {@link dev.wellhead.cli.verdict.Outcome}. */
public final class Main {

    private Main() {}

    /** The entry point of {@code java -jar wellhead-cli.jar}. */
    public static void main(String[] arguments) {
        Logging.disable();
        Map<String, String> variables = System.getenv();
        CommandContext context = new CommandContext(
                variables,
                SettingsRequest::ofProcess,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                Terminal.of(1, variables),
                Terminal.of(2, variables));
        int code = WellheadCommand.commandLine(context).execute(arguments);
        context.out().flush();
        context.err().flush();
        System.exit(code);
    }

    /** {@return a writer that flushes each line} UTF-8 whatever the locale is, so that JSON is valid. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
