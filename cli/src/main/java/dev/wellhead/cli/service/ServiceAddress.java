package dev.wellhead.cli.service;

import dev.wellhead.internal.resolve.HostSyntax;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.settings.Settings;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a service listens: the parts of its URL that are not sensitive. The user, the password and the query of the URL are
 * not kept.
 *
 * @param scheme in lower case
 * @param host a name or an address; an IPv6 address without brackets
 * @param port from 1 to 65535
 * @param path begins with a slash
 * @param isBucket whether the path is a bucket of S3
 */
record ServiceAddress(String scheme, String host, int port, String path, boolean isBucket) {

    /** Of the URLs. The addresses of caches and databases are in their settings. */
    private static final Map<String, Integer> DEFAULT_PORTS =
            Map.of("http", 80, "https", 443, "amqp", 5672, "amqps", 5671);

    static ServiceAddress of(String scheme, String host, int port) {
        return new ServiceAddress(scheme, host, port, "/", false);
    }

    /**
     * {@return the address in a URL; null if the text is not a URL with a known scheme, a host and a valid port}
     * {@code java.net.URI} is not used, because it refuses host names with an underscore and passwords with special
     * characters, which most clients accept.
     */
    static @Nullable ServiceAddress parse(String url) {
        int colon = url.indexOf("://");
        if (colon <= 0) {
            return null;
        }
        String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        Integer defaultPort = DEFAULT_PORTS.get(scheme);
        String rest = url.substring(colon + 3);
        int login = rest.lastIndexOf('@');
        if (firstOf(rest, "/?#", 0) < login) {
            // a password with such a character: what is before it would be taken for the host
            return null;
        }
        int end = firstOf(rest, "/?#", login + 1);
        String authority = rest.substring(login + 1, end);
        int pathEnd = firstOf(rest, "?#", end);
        String path = rest.substring(end, pathEnd);
        int portColon = authority.lastIndexOf(':');
        // the colons of an IPv6 address are in brackets
        boolean hasPort = portColon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, portColon) : authority;
        Integer port = hasPort ? port(authority.substring(portColon + 1)) : defaultPort;
        boolean inBrackets = host.startsWith("[") && host.endsWith("]");
        String name = inBrackets ? host.substring(1, host.length() - 1) : host;
        if (defaultPort == null
                || port == null
                || name.isEmpty()
                || HostSyntax.check(name, Settings.HOST, Catalogue.DATABASES) != null
                || !isVisible(path)) {
            return null;
        }
        return new ServiceAddress(scheme, name, port, path.isEmpty() ? "/" : path, false);
    }

    private static int firstOf(String text, String characters, int from) {
        for (int i = Math.max(0, from); i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** {@return the port; null if it is not a number from 1 to 65535} */
    static @Nullable Integer port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? port : null;
    }

    /** The path becomes a part of a request line. */
    private static boolean isVisible(String path) {
        return path.length() <= SafeText.LONGEST && path.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    ServiceAddress withPath(String newPath) {
        return new ServiceAddress(scheme, host, port, newPath, false);
    }

    /** {@return the address of a bucket, whose status S3 returns without a login} */
    ServiceAddress ofBucket(String bucket) {
        return new ServiceAddress(scheme, host, port, "/" + bucket, true);
    }

    /** {@return whether the scheme requires TLS} */
    boolean tls() {
        return switch (scheme) {
            case "https", "rediss", "amqps" -> true;
            default -> false;
        };
    }

    /** {@return the same scheme with TLS, or without it} */
    String otherScheme() {
        return tls() ? scheme.substring(0, scheme.length() - 1) : scheme + "s";
    }

    /** {@return {@code host:port}} */
    String server() {
        return bracketed() + ":" + port;
    }

    /** {@return the value of the header {@code Host}} */
    String hostHeader() {
        return hasDefaultPort() ? bracketed() : server();
    }

    private boolean hasDefaultPort() {
        return scheme.startsWith("http") && port == DEFAULT_PORTS.getOrDefault(scheme, 0);
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** {@return scheme, host and port, without a port that is the default of HTTP} */
    @Override
    public String toString() {
        return scheme + "://" + hostHeader();
    }
}
