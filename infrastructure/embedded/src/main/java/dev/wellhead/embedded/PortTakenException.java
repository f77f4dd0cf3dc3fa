package dev.wellhead.embedded;

import java.io.IOException;

/** Something else listens where the server should. */
final class PortTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    PortTakenException(int port, boolean byPostgres) {
        super("Port " + port + " on " + ServerProcess.ADDRESS + " is taken by "
                + (byPostgres
                        ? "another PostgreSQL server. Use that one, stop it"
                        : "a program that does not answer as PostgreSQL does. Stop it")
                + ", or choose another port.");
    }
}
