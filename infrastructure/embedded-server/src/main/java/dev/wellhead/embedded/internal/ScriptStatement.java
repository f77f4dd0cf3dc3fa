package dev.wellhead.embedded.internal;

import org.jspecify.annotations.Nullable;

/**
 * One statement of a script.
 *
 * @param sql the statement, without the semicolon at its end
 * @param line the line of the script that it starts in, the first one is 1
 * @param copyData the lines between the statement {@code COPY ... FROM STDIN} and the end of its data; null for other statements
 */
record ScriptStatement(String sql, int line, @Nullable String copyData) {

    /**
     * {@return the line of the script that contains a character}
     *
     * @param index the index of the character in the SQL
     */
    int lineOf(int index) {
        return line
                + (int) sql.substring(0, Math.min(index, sql.length()))
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }
}
