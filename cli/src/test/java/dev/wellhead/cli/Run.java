package dev.wellhead.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * The result of a run of the command line in this process, with its own environment variables.
 *
 * @param code the exit code
 * @param out the standard output
 * @param err the standard error
 */
record Run(int code, String out, String err) {

    static Run piped(Map<String, String> variables, String... arguments) {
        return on(Terminal.PIPE, variables, arguments);
    }

    static Run on(Terminal terminal, Map<String, String> variables, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                variables,
                name -> SettingsRequest.of(name, variables),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                Terminal.PIPE);
        int code = WellheadCommand.commandLine(context).execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
