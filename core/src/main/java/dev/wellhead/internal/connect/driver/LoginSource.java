package dev.wellhead.internal.connect.driver;

import dev.wellhead.credentials.Credentials;

/** Supplies the login of one connection attempt. Used on one thread. */
public interface LoginSource {

    /**
     * {@return the login for a server that requests the password now} Its user is the one that the attempt began with,
     * because the startup packet has already named it. May block up to the deadline of the attempt.
     */
    Credentials loginWhenAsked();
}
