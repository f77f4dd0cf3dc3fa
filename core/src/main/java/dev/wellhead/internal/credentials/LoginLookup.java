package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.secret.SecretLogin;

/** Reads the login for one server from files. Thread-safe. */
@FunctionalInterface
interface LoginLookup {

    /** Why the files are read. */
    enum Cause {
        /** A connection opens, or the pool checks for a change. */
        REGULAR,
        /** The server refused the last login. */
        REFUSED,
        /** The application asks for the newest login, and waits for it. */
        REQUESTED
    }

    /** The label of the logins that a lookup returns. */
    String LABEL = "newest";

    /** {@return the login that the files have now, and the server if they name one} */
    SecretLogin read(LoginTarget target, Cause cause) throws CredentialsException;
}
