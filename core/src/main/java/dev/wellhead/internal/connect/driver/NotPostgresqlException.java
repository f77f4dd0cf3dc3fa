package dev.wellhead.internal.connect.driver;

import java.io.IOException;
import java.io.Serial;

/** The first bytes of the answer are not those of a PostgreSQL server. */
public final class NotPostgresqlException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String protocol;

    private NotPostgresqlException(String protocol) {
        super("the answer is not PostgreSQL's protocol");
        this.protocol = protocol;
    }

    /** {@return the exception} The result type does not make the verification of other classes load this class. */
    static IOException of(String protocol) {
        return new NotPostgresqlException(protocol);
    }

    /**
     * {@return the protocol of the answer, such as {@code HTTP}; empty if its first bytes are not those of a known one}
     */
    public String protocol() {
        return protocol;
    }
}
