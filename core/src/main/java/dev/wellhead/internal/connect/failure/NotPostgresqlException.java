package dev.wellhead.internal.connect.failure;

import java.io.IOException;
import java.io.Serial;

/** The first bytes of the answer are not PostgreSQL's protocol. */
public final class NotPostgresqlException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String protocol;

    /** @param protocol what it looks like, {@code "HTTP"}; empty where nobody can tell */
    public NotPostgresqlException(String protocol) {
        super("the answer is not PostgreSQL's protocol");
        this.protocol = protocol;
    }

    public String protocol() {
        return protocol;
    }
}
