package dev.wellhead.embedded.internal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Divides any text into statements. */
class ScriptParserFuzzTest {

    /** Every statement is a part of the script, in the same order, with the line that it has there. */
    @FuzzTest
    void script_any_hasStatementsThatAreItsParts(byte[] input) {
        String script = new String(input, StandardCharsets.UTF_8);
        int position = 0;
        try {
            for (ScriptStatement statement : ScriptParser.parse(script)) {
                int found = script.indexOf(statement.sql(), position);
                if (statement.sql().isBlank() || found < 0) {
                    throw new AssertionError("no part of the script: " + statement);
                }
                if (statement.line() > line(script, script.lastIndexOf(statement.sql()))
                        || statement.line() < line(script, found)) {
                    throw new AssertionError("not its line: " + statement);
                }
                position = found + statement.sql().length();
            }
        } catch (ScriptSyntaxException e) {
            if (e.line() < 1 || e.line() > line(script, script.length())) {
                throw new AssertionError("not a line of the script: " + e.line(), e);
            }
        }
    }

    private static long line(String script, int position) {
        return 1
                + script.substring(0, position)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }
}
