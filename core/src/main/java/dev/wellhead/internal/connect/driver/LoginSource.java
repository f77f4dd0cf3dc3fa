package dev.wellhead.internal.connect.driver;

import dev.wellhead.credentials.Credentials;

/** Supplies the login of one connection attempt. Used on one thread. */
public interface LoginSource {

    /** {@return the login as it is now; its user is the user of the attempt} */
    Credentials login();

    /**
     * {@return the login for a server that asks for the password now} It may differ from {@link #login} in everything
     * but the user, because the server already knows the user. May block up to the deadline of the attempt.
     */
    Credentials loginWhenAsked();
}
