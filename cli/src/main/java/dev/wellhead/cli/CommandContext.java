package dev.wellhead.cli;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;

/**
 * The environment and the output of a command: those of this process in {@link Main}, others in tests.
 *
 * @param variables the environment variables
 * @param requests the request to resolve, by the name of a database
 * @param out the standard output
 * @param err the standard error
 * @param terminal what the standard output is connected to
 * @param errorTerminal what the standard error is connected to
 */
record CommandContext(
        Map<String, String> variables,
        Function<String, SettingsRequest> requests,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Terminal errorTerminal) {}
