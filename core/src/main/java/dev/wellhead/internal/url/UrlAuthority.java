package dev.wellhead.internal.url;

import dev.wellhead.internal.types.NumberValues;
import dev.wellhead.settings.Sensitive;

/**
 * The part of a URL between the scheme and the database: {@code user:password@host:port,host:port}, parsed as libpq
 * does. A part that is missing is empty.
 *
 * @param host decoded, with a comma between hosts
 * @param port decoded, with a comma between ports; one port per host if there are several hosts
 * @param end the index of the {@code /} or {@code ?} that ends it, or the length of the URL
 */
record UrlAuthority(String user, Sensitive password, String host, String port, int end) {

    /** The percent-encoding of the characters that end a user or a password. */
    static final String ENCODE =
            "In a user or password write %40 for '@', %2F for '/', %3A for ':', %3F for '?', %25 for '%'.";

    private static final String NO_USER =
            "Write ?user=...&password=... after the database, or start the URL with postgresql://.";
    private static final String BRACKETS = "Write an IPv6 address in brackets: [::1]:5432.";

    static UrlAuthority read(String url, int start, boolean jdbc) throws MalformedUrlException {
        int at = jdbc ? -1 : userEnd(url, start);
        if (at < 0) {
            if (!jdbc) {
                requireNoSlash(url, start);
            }
            return hosts(url, start, jdbc, "", "");
        }
        int colon = url.indexOf(':', start);
        int userEnd = colon < 0 || colon > at ? at : colon;
        requireNoParameters(url, start, userEnd, at);
        String user = PercentEncoding.decode(url, start, userEnd);
        String password = userEnd == at ? "" : PercentEncoding.decode(url, userEnd + 1, at);
        return hosts(url, at + 1, false, user, password);
    }

    /** {@return the index of the first {@code @} before any {@code /}, or -1} */
    private static int userEnd(String url, int start) {
        int at = url.indexOf('@', start);
        int slash = url.indexOf('/', start);
        return slash >= 0 && slash < at ? -1 : at;
    }

    /**
     * Rejects a {@code /} that is not encoded in a password before an {@code @}: libpq parses {@code u:a/b@host} as the host
     * {@code u} with the port {@code a}.
     */
    private static void requireNoSlash(String url, int start) throws MalformedUrlException {
        int slash = url.indexOf('/', start);
        int colon = url.indexOf(':', start);
        int question = url.indexOf('?', start);
        int at = slash < 0 ? -1 : url.indexOf('@', slash);
        boolean isBeforeAt = colon >= 0 && colon < slash && slash < at && (question < 0 || at < question);
        // with a number there, it may be a port, and the '@' a part of the database's name
        if (isBeforeAt && url.charAt(start) != '[' && NumberValues.digits(url.substring(colon + 1, slash)) < 0) {
            throw MalformedUrlException.at(slash, "has a '/' in its user or password", ENCODE);
        }
    }

    /**
     * Rejects parameters with an {@code @} that is not encoded and no slash before them: libpq parses
     * {@code host?password=x@y} as the user {@code host?password=x} and the host {@code y}, and messages would then
     * show a part of the password.
     */
    private static void requireNoParameters(String url, int start, int userEnd, int at) throws MalformedUrlException {
        int question = url.indexOf('?', start);
        int equals = question < 0 ? -1 : url.indexOf('=', question);
        boolean named = equals >= 0 && equals < at;
        if (question >= 0 && question < at && (question < userEnd || named)) {
            throw MalformedUrlException.at(question, "has a '?' before an '@'", ENCODE);
        }
    }

    private static UrlAuthority hosts(String url, int start, boolean jdbc, String user, String password)
            throws MalformedUrlException {
        StringBuilder hosts = new StringBuilder();
        StringBuilder ports = new StringBuilder();
        int next = start;
        while (true) {
            int hostEnd = url.startsWith("[", next) ? bracketEnd(url, next) : hostEnd(url, next, jdbc);
            boolean bracketed = hostEnd > next && url.charAt(next) == '[';
            hosts.append(
                    bracketed
                            ? PercentEncoding.decode(url, next + 1, hostEnd - 1)
                            : PercentEncoding.decode(url, next, hostEnd));
            next = hostEnd;
            if (isAt(url, next, ':')) {
                int portEnd = portEnd(url, next + 1, jdbc);
                ports.append(PercentEncoding.decode(url, next + 1, portEnd));
                next = portEnd;
            }
            if (!isAt(url, next, ',')) {
                return new UrlAuthority(user, Sensitive.of(password), hosts.toString(), ports.toString(), next);
            }
            hosts.append(',');
            ports.append(',');
            next++;
        }
    }

    private static int bracketEnd(String url, int start) throws MalformedUrlException {
        int end = url.indexOf(']', start);
        if (end < 0) {
            throw MalformedUrlException.at(start, "has a '[' without a ']'", BRACKETS);
        }
        int colon = url.indexOf(':', start);
        if (colon < 0 || colon > end || hasDelimiter(url, start + 1, end)) {
            throw MalformedUrlException.at(start, "has brackets around a text that is not an IPv6 address", BRACKETS);
        }
        if (end + 1 < url.length() && ":/?,".indexOf(url.charAt(end + 1)) < 0) {
            throw MalformedUrlException.at(
                    end + 1, "has something other than ':', ',', '/' or '?' after an IPv6 address", BRACKETS);
        }
        return end + 1;
    }

    /** Returns whether the text has a character at which pgjdbc ends the list of hosts, even inside brackets. */
    private static boolean hasDelimiter(String url, int start, int end) {
        for (int i = start; i < end; i++) {
            if ("/?,@[".indexOf(url.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static int hostEnd(String url, int start, boolean jdbc) throws MalformedUrlException {
        int end = start;
        while (end < url.length() && ":/?,".indexOf(url.charAt(end)) < 0) {
            if (url.charAt(end) == '@') {
                throw atSign(end, jdbc);
            }
            end++;
        }
        return end;
    }

    private static MalformedUrlException atSign(int at, boolean jdbc) {
        return jdbc
                ? MalformedUrlException.at(
                        at, "has a user before its host, which a jdbc: URL does not support", NO_USER)
                : MalformedUrlException.at(at, "has more than one '@'", ENCODE);
    }

    private static int portEnd(String url, int start, boolean jdbc) throws MalformedUrlException {
        int end = start;
        while (end < url.length() && "/?,".indexOf(url.charAt(end)) < 0) {
            char c = url.charAt(end);
            if ((c < '0' || c > '9') && c != '%') {
                throw notAPort(url, start, end, jdbc);
            }
            end++;
        }
        return end;
    }

    /**
     * Explains a port that is not a number. A colon is also in an address that Kubernetes adds for a service, in a reference,
     * and between the user and the password of a second part before an {@code @}.
     */
    private static MalformedUrlException notAPort(String url, int start, int wrong, boolean jdbc) {
        if (url.startsWith("tcp://", start)) {
            return MalformedUrlException.at(
                    start,
                    "has the address of a Kubernetes service in place of its port",
                    "Kubernetes sets a variable that ends in _PORT for each service. Set enableServiceLinks: false in the"
                            + " pod, or write the port itself.");
        }
        if (url.startsWith("${", start) || url.startsWith("$(", start) || url.startsWith("{{", start)) {
            return MalformedUrlException.at(
                    start,
                    "has a reference to a variable, which nothing has replaced, in place of its port",
                    "Write the port itself, or let a shell or the deployment replace the reference.");
        }
        for (int i = wrong; i < url.length() && "/?,".indexOf(url.charAt(i)) < 0; i++) {
            if (url.charAt(i) == '@') {
                return atSign(i, jdbc);
            }
        }
        return MalformedUrlException.at(
                wrong, "has a port that is not a number", "Use a port from 1 to 65535.", BRACKETS, ENCODE);
    }

    private static boolean isAt(String url, int index, char c) {
        return index < url.length() && url.charAt(index) == c;
    }

    /** {@return a constant, because parts may be sensitive} */
    @Override
    public String toString() {
        return "UrlAuthority[<redacted>]";
    }
}
