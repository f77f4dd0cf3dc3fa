package dev.wellhead.credentials;

/**
 * The server to log in to. Most providers ignore it; an authentication token is valid for one server only.
 *
 * @param host host name or address as configured
 * @param port 1 to 65535
 */
public record LoginTarget(String host, int port) {}
