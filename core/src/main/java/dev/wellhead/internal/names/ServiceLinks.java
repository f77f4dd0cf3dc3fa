package dev.wellhead.internal.names;

/**
 * Recognises the variables that Kubernetes and Docker add to a container for every service. Sources: Kubernetes
 * documentation, "Service", "Environment variables"; Docker documentation, "Legacy container links".
 */
public final class ServiceLinks {

    private ServiceLinks() {}

    /** {@return whether the text is the address of a service, which is never a value that a user wrote} */
    public static boolean isAddress(String text) {
        return text.startsWith("tcp://") || text.startsWith("udp://") || text.startsWith("sctp://");
    }

    /** {@return whether the variable was added for a service: {@code DB_SERVICE_HOST}, {@code DB_PORT_5432_TCP_ADDR}} */
    public static boolean isVariable(String name, String text) {
        return name.endsWith("_SERVICE_HOST")
                || name.endsWith("_SERVICE_PORT")
                || name.contains("_SERVICE_PORT_")
                || isAddress(text)
                || hasPortNumber(name);
    }

    /** {@code DB_PORT_5432_TCP_ADDR} and the like. */
    private static boolean hasPortNumber(String name) {
        int at = name.indexOf("_PORT_");
        if (at < 0) {
            return false;
        }
        int start = at + "_PORT_".length();
        int end = start;
        while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
            end++;
        }
        return end > start
                && (name.startsWith("_TCP", end) || name.startsWith("_UDP", end) || name.startsWith("_SCTP", end));
    }
}
