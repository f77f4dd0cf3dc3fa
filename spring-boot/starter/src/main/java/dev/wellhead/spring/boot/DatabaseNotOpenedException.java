package dev.wellhead.spring.boot;

import java.io.Serial;
import java.sql.SQLException;

/** Carries the failure of a named database through Spring, whose suppliers of beans do not throw checked exceptions. */
final class DatabaseNotOpenedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    DatabaseNotOpenedException(String name, SQLException cause) {
        super("Cannot open the database '" + name + "'", cause);
    }
}
