package dev.wellhead.cli;

import dev.wellhead.cli.text.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;

/**
 * What a command has to do with the world: {@link Main} gives it this process, a test something else.
 *
 * @param variables of the environment
 * @param requests what to resolve for a database of a name
 * @param out the standard output
 * @param err the standard error
 * @param terminal what the standard output is
 * @param errTerminal what the standard error is
 */
record Surroundings(
        Map<String, String> variables,
        Function<String, SettingsRequest> requests,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Terminal errTerminal) {

    /** {@return a world that is this map of variables, for anything that runs in it} */
    static Surroundings of(Map<String, String> variables, PrintWriter out, PrintWriter err, Terminal terminal) {
        return new Surroundings(
                variables, name -> SettingsRequest.of(name, variables), out, err, terminal, Terminal.PIPE);
    }
}
