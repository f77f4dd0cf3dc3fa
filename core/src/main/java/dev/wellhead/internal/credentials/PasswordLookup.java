package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;

/** Reads the password for one server from a file. */
@FunctionalInterface
interface PasswordLookup {

    /** {@return the password that the file has now} */
    String read(LoginTarget target) throws CredentialsException;
}
