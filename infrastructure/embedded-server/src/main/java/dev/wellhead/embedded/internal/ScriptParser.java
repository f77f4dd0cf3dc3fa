package dev.wellhead.embedded.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Divides a script into its statements, by the rules of psql: a semicolon ends a statement unless it is in quotes, in a
 * comment, in parentheses, or in the body of an SQL function ({@code BEGIN ATOMIC ... END}). Sources: PostgreSQL
 * documentation, "Lexical Structure" and "psql". Understands the files that pg_dump writes.
 */
final class ScriptParser {

    private static final Pattern DOLLAR_QUOTE =
            Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uFFFF][A-Za-z0-9_\\x80-\\uFFFF]*)?\\$");

    /** Commands of psql that change nothing here: pg_dump writes the first two, and every script stops at an error. */
    private static final Pattern HARMLESS = Pattern.compile("\\\\(?:un)?restrict .*|\\\\set ON_ERROR_STOP\\b.*");

    private final String script;
    private final List<ScriptStatement> statements = new ArrayList<>();
    private int position;
    private int line = 1;
    private StatementWords words = new StatementWords();
    /** The first character of the current statement, -1 if it has not begun. */
    private int start = -1;

    private int startLine;

    private ScriptParser(String script) {
        this.script = script;
    }

    /** {@return the statements in their order; a last one without a semicolon is included} */
    static List<ScriptStatement> parse(String script) throws ScriptSyntaxException {
        ScriptParser parser = new ScriptParser(script);
        parser.parse();
        return parser.statements;
    }

    private void parse() throws ScriptSyntaxException {
        while (position < script.length()) {
            char character = script.charAt(position);
            if (Character.isWhitespace(character)) {
                moveTo(position + 1);
            } else if (script.startsWith("--", position)) {
                moveTo(lineEnd());
            } else if (script.startsWith("/*", position)) {
                moveTo(blockCommentEnd());
            } else if (character == '\\') {
                command();
            } else if (character == ';' && words.isComplete()) {
                endStatement();
            } else {
                token(character);
            }
        }
        if (start >= 0) {
            add(position, null);
        }
    }

    private void token(char character) {
        if (start < 0) {
            start = position;
            startLine = line;
        }
        if (character == '\'') {
            moveTo(quoteEnd('\'', words.endsWithEscape(position)));
        } else if (character == '"') {
            moveTo(quoteEnd('"', false));
        } else if (character == '$' && dollarQuote().lookingAt()) {
            moveTo(dollarQuoteEnd());
        } else if (StatementWords.isStart(character)) {
            int end = position + 1;
            while (end < script.length() && StatementWords.isPart(script.charAt(end))) {
                end++;
            }
            words.add(script.substring(position, end).toLowerCase(Locale.ROOT), position);
            moveTo(end);
        } else {
            words.parenthesis(character);
            moveTo(position + 1);
        }
    }

    private void endStatement() {
        boolean copies = words.isCopyFromStdin();
        int end = position;
        moveTo(position + 1);
        String data = copies ? copyData() : null;
        if (start >= 0) {
            add(end, data);
        }
    }

    private void add(int end, @Nullable String data) {
        statements.add(new ScriptStatement(script.substring(start, end).stripTrailing(), startLine, data));
        start = -1;
        words = new StatementWords();
    }

    /** {@return the lines after the statement, until a line with a backslash and a dot} */
    private String copyData() {
        moveTo(Math.min(lineEnd() + 1, script.length()));
        int begin = position;
        while (position < script.length()) {
            int end = lineEnd();
            if (script.substring(position, end).stripTrailing().equals("\\.")) {
                String data = script.substring(begin, position);
                moveTo(end);
                return data;
            }
            moveTo(Math.min(end + 1, script.length()));
        }
        return script.substring(begin);
    }

    private void command() throws ScriptSyntaxException {
        String text = script.substring(position, lineEnd()).strip();
        if (start >= 0 || !HARMLESS.matcher(text).matches()) {
            throw new ScriptSyntaxException(
                    line,
                    "'" + text.split("\\s", 2)[0]
                            + "' is a command of psql. Init scripts may contain SQL only: remove it,"
                            + " or write the statement that it stands for.");
        }
        moveTo(lineEnd());
    }

    /** Moves forward and counts the lines. */
    private void moveTo(int next) {
        for (int i = position; i < next; i++) {
            if (script.charAt(i) == '\n') {
                line++;
            }
        }
        position = next;
    }

    private int lineEnd() {
        int end = script.indexOf('\n', position);
        return end < 0 ? script.length() : end;
    }

    private int blockCommentEnd() {
        int depth = 0;
        for (int i = position; i < script.length() - 1; i++) {
            if (script.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (script.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return script.length();
    }

    /** A doubled quote ends one part and begins the next, which has the same effect here. */
    private int quoteEnd(char quote, boolean escapes) {
        for (int i = position + 1; i < script.length(); i++) {
            char character = script.charAt(i);
            if (escapes && character == '\\') {
                i++;
            } else if (character == quote) {
                if (i + 1 < script.length() && script.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return script.length();
    }

    private Matcher dollarQuote() {
        return DOLLAR_QUOTE.matcher(script).region(position, script.length());
    }

    private int dollarQuoteEnd() {
        Matcher opening = dollarQuote();
        String tag = opening.lookingAt() ? opening.group() : "$";
        int end = script.indexOf(tag, position + tag.length());
        return end < 0 ? script.length() : end + tag.length();
    }
}
