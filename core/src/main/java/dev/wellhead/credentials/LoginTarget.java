package dev.wellhead.credentials;

/**
 * The server a login is for. Most providers ignore it; authentication tokens are bound to it.
 *
 * @param host host name or address as configured
 * @param port 1 to 65535
 */
public record LoginTarget(String host, int port) {}
