package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.Stage;
import java.util.Locale;

/** The stages of a service, in the order in which they run. */
public enum ServiceStage implements Stage {
    /** The variables name one valid address. */
    SETTINGS,
    /** The source of the credentials supplies at least one login. Of a cache only. */
    CREDENTIALS,
    /** The host name resolves. */
    DNS,
    /** The server accepts TCP connections. */
    TCP,
    /** The server's certificate is trusted and is for this host name. */
    TLS,
    /** The server answers in the protocol of the service. */
    ANSWER,
    /** The server accepts the login and has the database. Of a cache only. */
    LOGIN,
    /** The server accepts writes. Of a cache only. */
    ROLE,
    /** The version of the server. Of a cache only. */
    VERSION,
    /** The limit of the memory, and what happens when it is reached. Of a cache only. */
    MEMORY;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
