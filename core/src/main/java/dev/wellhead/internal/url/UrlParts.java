package dev.wellhead.internal.url;

import dev.wellhead.internal.text.UnixSockets;
import dev.wellhead.internal.types.AddedText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL, decoded: {@code scheme://user:password@host:port/path?name=value}. A part that is missing is empty.
 *
 * @param url the whole URL
 * @param question the index of the {@code ?}, or -1
 */
public record UrlParts(
        Sensitive url, String user, Sensitive password, String host, String port, String path, int question) {

    private static final String[] ESCAPED_AMPERSANDS = {"&amp;", "\\u0026"};

    /** {@return the parts; null after a problem was added, which contains no part of the URL} */
    public static @Nullable UrlParts read(Sensitive url, String variable, Catalogue catalogue, Problems problems) {
        try {
            return read(url.reveal(), catalogue);
        } catch (MalformedUrlException e) {
            addProblem(e, variable, problems);
            return null;
        }
    }

    static UrlParts read(String url, Catalogue catalogue) throws MalformedUrlException {
        int start = afterScheme(url, catalogue);
        check(url, start);
        UrlAuthority authority = UrlAuthority.read(url, start, url.startsWith("jdbc:"));
        int question = url.indexOf('?', authority.end());
        int end = question < 0 ? url.length() : question;
        if (authority.host().isEmpty() && UnixSockets.isUsual(url.substring(authority.end(), end))) {
            throw MalformedUrlException.at(
                    authority.end(),
                    "has a Unix socket directory in place of a host, and only TCP hosts are supported",
                    UnixSockets.fix(url.substring(authority.end(), end)));
        }
        String path = path(url, authority.end(), end);
        return new UrlParts(
                Sensitive.of(url),
                authority.user(),
                authority.password(),
                authority.host(),
                authority.port(),
                path,
                question);
    }

    /** {@return the parameters by name; empty after a problem was added} */
    public Map<String, Sensitive> parameters(String variable, Problems problems) {
        Map<String, Sensitive> parameters = new LinkedHashMap<>();
        try {
            if (question >= 0) {
                for (UrlParameters.Entry entry : UrlParameters.read(url.reveal(), question + 1, false)) {
                    if (parameters.put(entry.name(), entry.value()) != null) {
                        throw MalformedUrlException.at(
                                entry.index(), "has a parameter more than once", "Keep one of them.");
                    }
                }
            }
        } catch (MalformedUrlException e) {
            addProblem(e, variable, problems);
        }
        return parameters;
    }

    private static void addProblem(MalformedUrlException e, String variable, Problems problems) {
        problems.add(
                ProblemCode.INVALID_URL,
                variable,
                variable + " " + e.getMessage() + ".",
                Origin.Variable.of(variable),
                e.fixes());
    }

    private static int afterScheme(String url, Catalogue catalogue) throws MalformedUrlException {
        for (String scheme : catalogue.schemes()) {
            if (url.startsWith(scheme)) {
                return url.indexOf("//", scheme.indexOf(':')) + 2;
            }
        }
        throw UrlStart.explain(url, catalogue);
    }

    /** Checks the characters of the whole URL. */
    static void check(String url, int start) throws MalformedUrlException {
        requireNoBlanks(url, start);
        requireNoEscapedAmpersand(url);
    }

    /** libpq keeps a blank up to version 16; later versions remove or reject it. */
    private static void requireNoBlanks(String url, int start) throws MalformedUrlException {
        if (AddedText.endsInLineBreak(url)) {
            throw new MalformedUrlException("ends in a line break", "Remove the line break.");
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                explainBlank(url, start, i);
                throw MalformedUrlException.at(
                        i,
                        "has a blank or a control character",
                        "Remove it, or write %20 for a blank that belongs to a value.");
            }
        }
    }

    /** @throws MalformedUrlException if the blank belongs to a mistake that has a name */
    private static void explainBlank(String url, int start, int at) throws MalformedUrlException {
        if (url.charAt(at) == '\n' || url.charAt(at) == '\r') {
            throw MalformedUrlException.at(at, "has a line break", "Write the URL on one line.");
        }
        if (ForeignScheme.startsWithKeyword(url.substring(start))) {
            throw new MalformedUrlException("has keywords and values after its scheme", ForeignScheme.WRITE_URL);
        }
        int reference = url.lastIndexOf("{{", at);
        if (reference >= 0 && url.indexOf("}}", at) >= 0) {
            throw MalformedUrlException.at(
                    reference,
                    "has a reference that nothing has replaced",
                    "Write the value itself, or let the deployment replace the reference.");
        }
    }

    /** Libraries that write HTML or JSON escape an ampersand, and a URL that was copied from there keeps it. */
    private static void requireNoEscapedAmpersand(String url) throws MalformedUrlException {
        int question = url.indexOf('?');
        for (String escaped : ESCAPED_AMPERSANDS) {
            int at = question < 0 ? -1 : url.indexOf(escaped, question);
            if (at >= 0) {
                throw MalformedUrlException.at(
                        at, "has '" + escaped + "', which is an '&' that was escaped", "Write & in place of it.");
            }
        }
    }

    private static String path(String url, int start, int end) throws MalformedUrlException {
        if (start == end) {
            return "";
        }
        int at = url.indexOf('@', start);
        if (at >= 0 && at < end) {
            throw MalformedUrlException.at(
                    at,
                    "has an '@' after a '/'",
                    "In a user or password write %2F for '/'; in the name of a database write %40 for '@'.");
        }
        return PercentEncoding.decode(url, start + 1, end);
    }

    /** {@return a constant, because parts may be sensitive} */
    @Override
    public String toString() {
        return "UrlParts[<redacted>]";
    }
}
