package dev.wellhead.internal.connect.login;

import dev.wellhead.credentials.Credentials;

/** Asks the server whether it accepts a login. */
@FunctionalInterface
public interface LoginCheck {

    /** The answer of the server. */
    enum Answer {
        /** A connection was opened with the login. */
        ACCEPTED,
        /** The server refused the login. */
        REFUSED,
        /** There was no answer about the login: the server is not reachable, or is loading its data. */
        UNKNOWN
    }

    /** {@return whether the server accepts {@code login}} Blocks until the server has answered or a time-out has passed. */
    Answer of(Credentials login);
}
