package dev.wellhead.embedded.internal;

import java.util.ArrayList;
import java.util.List;

/** What a {@link ScriptParser} remembers of the statement that it reads. */
final class StatementWords {

    /** {@code CREATE OR REPLACE FUNCTION} and {@code COPY ... FROM STDIN} are recognised by their first words. */
    private static final int KEPT = 4;

    private final List<String> first = new ArrayList<>(KEPT);
    private String last = "";
    private int lastEnd = -1;
    private boolean fromStdin;
    private int parentheses;
    private int blocks;

    static boolean isStart(char character) {
        return Character.isLetter(character) || character == '_';
    }

    static boolean isPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    /** Adds a key word or a name, in lower case. */
    void add(String word, int position) {
        if (first.size() < KEPT) {
            first.add(word);
        }
        fromStdin |= last.equals("from") && word.equals("stdin");
        if (isRoutine() && parentheses == 0) {
            if (word.equals("begin") || (word.equals("case") && blocks > 0)) {
                blocks++;
            } else if (word.equals("end") && blocks > 0) {
                blocks--;
            }
        }
        last = word;
        lastEnd = position + word.length();
    }

    void parenthesis(char character) {
        if (character == '(') {
            parentheses++;
        } else if (character == ')' && parentheses > 0) {
            parentheses--;
        }
    }

    /** {@return whether a quote at this position begins a string with backslash escapes: {@code E'...'}} */
    boolean endsWithEscape(int quote) {
        return last.equals("e") && lastEnd == quote;
    }

    /** {@return whether a semicolon ends the statement} */
    boolean isComplete() {
        return parentheses == 0 && blocks == 0;
    }

    boolean isCopyFromStdin() {
        return fromStdin && !first.isEmpty() && first.get(0).equals("copy");
    }

    /** {@return whether the statement creates a function or procedure, whose body can contain semicolons} */
    private boolean isRoutine() {
        if (first.isEmpty() || !first.get(0).equals("create")) {
            return false;
        }
        int kind = first.size() > 2 && first.get(1).equals("or") && first.get(2).equals("replace") ? 3 : 1;
        return first.size() > kind
                && (first.get(kind).equals("function") || first.get(kind).equals("procedure"));
    }
}
