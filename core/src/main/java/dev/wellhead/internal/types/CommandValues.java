package dev.wellhead.internal.types;

import dev.wellhead.settings.CommandLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does, and expands nothing. A character that only a shell interprets
 * is refused, because it would reach the program as it is. Source: POSIX, "Shell Command Language", section "Quoting".
 */
public final class CommandValues {

    private static final String NO_SHELL = "No shell runs the command. ";

    /** Characters that a shell interprets outside of quotes, and those that it also interprets in double quotes. */
    private static final String OPERATORS = "|&;<>()`$";

    private static final String EXPANSIONS = "`$";

    private static final String ESCAPED_IN_QUOTES = "\"\\`$";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandValues(String text) {
        this.text = text;
    }

    static CommandLine parse(String text) throws InvalidValueException {
        TextValues.text(text);
        if (TextValues.isSecret(text)) {
            throw new InvalidValueException("JSON or a key, so it is not shown", "Write a program and its arguments.");
        }
        return new CommandValues(text).parse();
    }

    /** {@return a text that is parsed to these words} For a list in {@code application.conf}. */
    public static String text(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.length() == 0 ? "'" : " '")
                    .append(word.replace("'", "'\\''"))
                    .append('\'');
        }
        return text.toString();
    }

    private CommandLine parse() throws InvalidValueException {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'' -> singleQuotes();
                case '"' -> doubleQuotes();
                case '\\' -> backslash();
                default -> plain(c);
            }
        }
        endWord();
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw new InvalidValueException("a command line without a program", "Write a program and its arguments.");
        }
        rejectAssignment(words.get(0));
        return CommandLine.of(words);
    }

    private void plain(char c) throws InvalidValueException {
        if (OPERATORS.indexOf(c) >= 0) {
            throw shellOnly("'" + c + "' outside of quotes", "Quote it, or write a script and set its path.");
        }
        if (c == '~' && !inWord) {
            throw shellOnly("a path that starts with ~", "Write the whole path.");
        }
        append(c);
    }

    private void singleQuotes() throws InvalidValueException {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw unclosed("single");
        }
        inWord = true;
        word.append(text, at, end);
        at = end + 1;
    }

    private void doubleQuotes() throws InvalidValueException {
        inWord = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            boolean escapes = c == '\\' && at < text.length() && ESCAPED_IN_QUOTES.indexOf(text.charAt(at)) >= 0;
            if (escapes) {
                append(text.charAt(at++));
            } else if (EXPANSIONS.indexOf(c) >= 0) {
                throw shellOnly(
                        "'" + c + "' in double quotes", "Use single quotes, or write a script and set its path.");
            } else {
                append(c);
            }
        }
        throw unclosed("double");
    }

    private void backslash() throws InvalidValueException {
        if (at == text.length()) {
            throw new InvalidValueException(
                    "a command line that ends with a backslash", "Remove the backslash, or write two of them.");
        }
        char next = text.charAt(at++);
        // a backslash before a line break continues the line
        if (next != '\n') {
            append(next);
        }
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    /** A shell would set a variable: {@code VAULT_ADDR=https://vault vault read ...}. */
    private static void rejectAssignment(String program) throws InvalidValueException {
        int equals = program.indexOf('=');
        boolean isName = equals > 0 && Character.isJavaIdentifierStart(program.charAt(0));
        for (int i = 0; i < equals; i++) {
            isName = isName && Character.isJavaIdentifierPart(program.charAt(i));
        }
        if (isName) {
            throw shellOnly(
                    "an assignment before the program",
                    "Set the variable in the environment of this process, which the program inherits.");
        }
    }

    private static InvalidValueException shellOnly(String what, String fix) {
        return new InvalidValueException(
                "a command line with " + what + ", which only a shell interprets", NO_SHELL + fix);
    }

    private static InvalidValueException unclosed(String quotes) {
        return new InvalidValueException(
                "a command line whose " + quotes + " quotes are not closed", "Close the quotes.");
    }
}
