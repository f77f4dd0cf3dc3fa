package dev.wellhead.connect;

import java.io.IOException;
import java.io.Serial;

/** The first bytes of the answer are not PostgreSQL's protocol. */
final class NotPostgresqlException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String protocol;

    /** @param protocol what it looks like, {@code "HTTP"}; empty where nobody can tell */
    NotPostgresqlException(String protocol) {
        super("the answer is not PostgreSQL's protocol");
        this.protocol = protocol;
    }

    String protocol() {
        return protocol;
    }
}
