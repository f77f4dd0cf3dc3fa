package dev.wellhead.internal.types;

import java.io.Serial;
import java.util.List;

/**
 * A text that is not a value of its type. The message completes "DB_PORT is '70000', which is ..." without a full stop
 * ({@code "not a port"}); the fixes are sentences. Neither ever echoes the text.
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
    public List<String> fixes() {
        return fixes == null ? List.of() : fixes;
    }
}
