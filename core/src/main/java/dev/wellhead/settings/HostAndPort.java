package dev.wellhead.settings;

/**
 * A database server.
 *
 * @param host a host name, an IPv4 or IPv6 address (without brackets)
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {

    /** {@return {@code host:port}, with brackets around an IPv6 address} */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
