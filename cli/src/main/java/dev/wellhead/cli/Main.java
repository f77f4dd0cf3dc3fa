package dev.wellhead.cli;

import dev.wellhead.cli.text.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a command of {@code wellhead} and ends the process with its exit code: 0, 1 (a problem), 2 (usage). */
public final class Main {

    private Main() {}

    /** The command line of {@code java -jar wellhead-cli.jar}. */
    public static void main(String[] arguments) {
        Logging.prepare(List.of(arguments));
        Map<String, String> variables = System.getenv();
        ProcessTerminal process = new ProcessTerminal(variables);
        Terminal terminal = process.out();
        Surroundings surroundings = new Surroundings(
                variables,
                SettingsRequest::ofProcess,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                terminal,
                process.err());
        int code = CommandLines.of(surroundings).execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        System.exit(code);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
