package dev.wellhead.internal.url;

import java.io.Serial;
import java.util.List;

/**
 * A URL cannot be parsed. The message completes "DATABASE_URL ..."; neither it nor the fixes contain a part of the URL.
 */
final class MalformedUrlException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> fixes;

    MalformedUrlException(String message, String... fixes) {
        super(message);
        this.fixes = List.of(fixes);
    }

    /** {@return an exception whose message ends with the position, counted from 1} */
    static MalformedUrlException at(int index, String message, String... fixes) {
        return new MalformedUrlException(message + ", at character " + (index + 1), fixes);
    }

    String[] fixes() {
        return fixes.toArray(new String[0]);
    }
}
