package dev.wellhead.internal.connect.net;

import dev.wellhead.settings.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A configured server with one of the addresses that its host name resolves to.
 *
 * @param server as configured
 * @param address one address of {@code server.host()}
 */
public record ServerAddress(HostAndPort server, InetAddress address) {

    public InetSocketAddress endpoint() {
        return new InetSocketAddress(address, server.port());
    }
}
