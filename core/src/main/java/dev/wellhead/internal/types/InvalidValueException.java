package dev.wellhead.internal.types;

import java.io.Serial;
import java.util.List;

/**
 * A text is not a valid value of a setting. The message completes "DB_PORT is '70000', which is ..." ({@code not a
 * port}); the fixes are sentences. Neither contains the text, which may be sensitive.
 */
public final class InvalidValueException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> fixes;

    public InvalidValueException(String message, String... fixes) {
        super(message);
        this.fixes = List.of(fixes);
    }

    /** {@return what to write instead, one sentence each} */
    public String[] fixes() {
        return fixes == null ? new String[0] : fixes.toArray(new String[0]);
    }
}
