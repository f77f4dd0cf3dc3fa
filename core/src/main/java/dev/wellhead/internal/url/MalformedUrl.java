package dev.wellhead.internal.url;

import java.io.Serial;
import java.util.List;

/** A URL that cannot be taken apart. The message completes "DATABASE_URL ..." and, like the fixes, holds no part of it. */
public final class MalformedUrl extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> fixes;

    private MalformedUrl(String message, List<String> fixes) {
        super(message);
        this.fixes = fixes;
    }

    /** {@return the complaint} Completes "DATABASE_URL ...", such as "starts with a blank". */
    public static MalformedUrl because(String message, String... fixes) {
        return new MalformedUrl(message, List.of(fixes));
    }

    /** {@return the complaint with the place where it applies, counted from 1} */
    public static MalformedUrl at(int index, String message, String... fixes) {
        return new MalformedUrl(message + ", at character " + (index + 1), List.of(fixes));
    }

    public List<String> fixes() {
        return fixes == null ? List.of() : fixes;
    }
}
