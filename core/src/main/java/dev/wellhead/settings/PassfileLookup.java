package dev.wellhead.settings;

import java.nio.file.Path;
import java.util.Optional;

/** Looks for the password of a user in libpq's password file. */
final class PassfileLookup {

    private String outcome = "no such file";

    /** {@return the file where a line of it matches a server} */
    Optional<Path> find(String user) {
        return Optional.empty();
    }

    /** {@return what came of looking, for the list of places looked in} */
    String outcome() {
        return outcome;
    }
}
