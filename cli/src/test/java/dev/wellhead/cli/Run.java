package dev.wellhead.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.cli.text.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * One run of the command line in an environment of its own.
 *
 * @param code what the process would end with
 * @param out what it printed
 * @param err what it complained of
 */
record Run(int code, String out, String err) {

    static Run piped(Map<String, String> variables, String... arguments) {
        return on(Terminal.PIPE, variables, arguments);
    }

    static Run on(Terminal terminal, Map<String, String> variables, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings =
                Surroundings.of(variables, new PrintWriter(out, true), new PrintWriter(err, true), terminal);
        int code = CommandLines.of(surroundings).execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
