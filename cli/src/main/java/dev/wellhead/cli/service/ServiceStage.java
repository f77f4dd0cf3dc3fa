package dev.wellhead.cli.service;

import dev.wellhead.cli.doctor.Stage;
import java.util.Locale;

/** The stages of a service, in the order in which they run. */
public enum ServiceStage implements Stage {
    /** The variables name one valid address. */
    SETTINGS,
    /** The host name resolves. */
    DNS,
    /** The server accepts TCP connections. */
    TCP,
    /** The server's certificate is trusted and is for this host name. */
    TLS,
    /** The server answers in the protocol of the service. */
    ANSWER;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
