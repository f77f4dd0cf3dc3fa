package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.secret.SecretLogin;

/** Reads the login for one server from files. Thread-safe. */
interface LoginLookup {

    /** The label of the logins that a lookup returns. */
    String LABEL = "newest";

    /**
     * {@return the login that the files have now, and the server if they name one}
     *
     * @param isRefused whether the server refused the last login
     */
    SecretLogin read(LoginTarget target, boolean isRefused) throws CredentialsException;

    /**
     * Waits until a program that is writing the files has written all of them, for a caller that asks for the newest
     * login. Does nothing by default, for a lookup that reads only one file.
     */
    default void settle() throws CredentialsException {}
}
