package dev.wellhead.cli.doctor;

import dev.wellhead.settings.HostAndPort;

/** Finds out whether SCRAM can be bound to the TLS channel: the driver does not say whether it did. */
@FunctionalInterface
interface ChannelBindingCheck {

    /** {@return whether a login that insists on channel binding works} */
    boolean works(HostAndPort server, boolean encrypted);
}
