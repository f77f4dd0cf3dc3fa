package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.internal.text.SafeText;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Restates an exception of pgjdbc that carries an answer of the server as an exception of the same type, so that
 * applications can still read the fields of the answer from our cause. The driver itself writes a detail and a hint on
 * lines of their own, which is safe.
 */
final class DriverRules implements SafeCauses.Rules {

    static final DriverRules RULES = new DriverRules();

    private DriverRules() {}

    @Override
    public boolean isSafe(Throwable thrown) {
        ServerErrorMessage answer = answer(thrown);
        if (answer == null) {
            return SafeCauses.Rules.super.isSafe(thrown);
        }
        // the message of the exception also contains the position in the statement, which may be any text
        String whole = String.valueOf(thrown.getMessage());
        return SafeText.lines(whole).equals(whole)
                && SafeText.isSafe(answer.getSeverity())
                && SafeText.isSafe(answer.getSQLState())
                && SafeText.isSafe(answer.getMessage())
                && SafeText.isSafe(answer.getDetail())
                && SafeText.isSafe(answer.getHint())
                && SafeText.isSafe(answer.getWhere())
                && SafeText.isSafe(answer.getInternalQuery())
                && SafeText.isSafe(answer.getSchema())
                && SafeText.isSafe(answer.getTable())
                && SafeText.isSafe(answer.getColumn())
                && SafeText.isSafe(answer.getDatatype())
                && SafeText.isSafe(answer.getConstraint())
                && SafeText.isSafe(answer.getFile())
                && SafeText.isSafe(answer.getRoutine());
    }

    @Override
    public Throwable restated(Throwable thrown) {
        ServerErrorMessage answer = answer(thrown);
        if (answer == null) {
            return SafeCauses.Rules.super.restated(thrown);
        }
        StringBuilder fields = new StringBuilder();
        add(fields, 'S', answer.getSeverity());
        add(fields, 'C', answer.getSQLState());
        add(fields, 'M', answer.getMessage());
        add(fields, 'D', answer.getDetail());
        add(fields, 'H', answer.getHint());
        add(fields, 'W', answer.getWhere());
        add(fields, 'R', answer.getRoutine());
        return new PSQLException(new ServerErrorMessage(fields.toString()));
    }

    /** Returns the answer of the server that the driver reports with this exception; null if there is none. */
    static @Nullable ServerErrorMessage answer(Throwable thrown) {
        return thrown instanceof PSQLException answered ? answered.getServerErrorMessage() : null;
    }

    /** Adds a field as the protocol encodes it: its type, its text, NUL. */
    private static void add(StringBuilder fields, char type, @Nullable String text) {
        if (text != null) {
            fields.append(type).append(SafeText.of(text)).append('\0');
        }
    }
}
