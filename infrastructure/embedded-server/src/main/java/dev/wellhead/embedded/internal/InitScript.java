package dev.wellhead.embedded.internal;

import dev.wellhead.embedded.InitScriptException;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * One init script.
 *
 * @param name the file, for messages
 * @param text the content
 */
record InitScript(String name, String text) {

    /** Runs the statements one after another, each in its own transaction unless the script begins one, as psql does. */
    void run(Connection connection) throws InitScriptException {
        ScriptStatement current = new ScriptStatement("", 1, null);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (ScriptStatement next : ScriptParser.parse(text)) {
                current = next;
                if (next.copyData() == null) {
                    statement.execute(next.sql());
                } else {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(next.sql(), new StringReader(next.copyData()));
                }
            }
        } catch (ScriptSyntaxException e) {
            throw failure(e.line(), e.getMessage(), e);
        } catch (SQLException e) {
            throw failure(line(current, e), reason(e), e);
        } catch (IOException e) {
            throw failure(current.line(), e.getMessage(), e);
        }
    }

    private InitScriptException failure(int line, @Nullable String reason, Exception cause) {
        return new InitScriptException("init script " + name + ", line " + line + ": " + reason, cause);
    }

    /** {@return the line of the error; if the server does not report a position, that of the statement} */
    private static int line(ScriptStatement statement, SQLException failure) {
        ServerErrorMessage error = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
        if (error == null || error.getPosition() <= 0) {
            return statement.line();
        }
        // the position counts code points from 1
        String sql = statement.sql();
        int characters = Math.min(error.getPosition() - 1, sql.codePointCount(0, sql.length()));
        return statement.lineOf(sql.offsetByCodePoints(0, characters));
    }

    private static String reason(SQLException failure) {
        ServerErrorMessage error = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
        if (error == null || error.getMessage() == null) {
            return String.valueOf(failure.getMessage());
        }
        return "ERROR: " + error.getMessage() + more("Detail", error.getDetail()) + more("Hint", error.getHint());
    }

    private static String more(String title, @Nullable String text) {
        return text == null ? "" : "\n  " + title + ": " + text;
    }
}
