package dev.wellhead.internal.url;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connection URL: {@code postgresql://}, {@code postgres://} by libpq's rules, {@code jdbc:postgresql://} with the
 * parameters pgjdbc documents. Where the two read the same string differently, or hide a mistake, the URL is refused: an
 * unknown parameter, one given twice (the last wins silently in both), {@code ssl=true} in a JDBC URL
 * ({@code verify-full} to pgjdbc, {@code require} to libpq), a blank. {@code +} stays {@code +} in both. No message ever
 * holds a part of the URL, recognised names of parameters aside.
 *
 * <p>Source: PostgreSQL documentation, libpq chapter, "Connection URIs"; pgjdbc documentation, "Connecting to the
 * Database".
 */
public final class ConnectionUrl {

    private static final String JDBC = "jdbc:postgresql://";
    private static final String[] LIBPQ = {"postgresql://", "postgres://"};

    private final String url;
    private final String variable;
    private final Problems problems;
    private final boolean jdbc;
    private final Map<Setting<?>, RawValue> values = new LinkedHashMap<>();

    private ConnectionUrl(String url, String variable, Problems problems) {
        this.url = url;
        this.variable = variable;
        this.problems = problems;
        this.jdbc = url.startsWith(JDBC);
    }

    /**
     * {@return the values in the URL} If a part is invalid, a problem is added and the valid parts are returned. A
     * parameter overrides the same setting in the part before {@code ?}, as in libpq.
     *
     * @param variable the environment variable that holds the URL, such as {@code DATABASE_URL}
     */
    public static List<RawValue> parse(Sensitive url, String variable, Problems problems) {
        ConnectionUrl parsed = new ConnectionUrl(url.reveal(), variable, problems);
        try {
            parsed.read();
        } catch (MalformedUrl e) {
            parsed.addProblem(" " + e.getMessage() + ".", e.fixes().toArray(new String[0]));
        }
        return List.copyOf(parsed.values.values());
    }

    private void read() throws MalformedUrl {
        int start = afterScheme();
        requireNoBlanks();
        UrlAuthority authority = UrlAuthority.read(url, start, jdbc);
        int question = url.indexOf('?', authority.end());
        int end = question < 0 ? url.length() : question;
        String database = database(authority.end(), end);
        put("host", authority.host());
        put("port", authority.port());
        put("user", authority.user());
        put("password", authority.password().reveal());
        put("dbname", database);
        if (question >= 0) {
            putAll(UrlParameters.read(url, question + 1, jdbc));
        }
    }

    private int afterScheme() throws MalformedUrl {
        if (jdbc) {
            return JDBC.length();
        }
        for (String scheme : LIBPQ) {
            if (url.startsWith(scheme)) {
                return scheme.length();
            }
        }
        throw MalformedUrl.because(
                "is not the URL of a PostgreSQL database",
                "Start it with postgresql://, postgres:// or jdbc:postgresql://, in lower case.");
    }

    /** libpq keeps a blank up to version 16, later ones cut it off or refuse it. */
    private void requireNoBlanks() throws MalformedUrl {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                throw MalformedUrl.at(
                        i,
                        "has a blank or a control character",
                        "Take it out, or write %20 for a blank that belongs to a value.");
            }
        }
    }

    private String database(int start, int end) throws MalformedUrl {
        if (start == end) {
            return "";
        }
        int at = url.indexOf('@', start);
        if (at >= 0 && at < end) {
            throw MalformedUrl.at(
                    at,
                    "has an '@' after a '/'",
                    "In a user or password write %2F for '/'; in the name of a database write %40 for '@'.");
        }
        return PercentEncoding.decode(url, start + 1, end);
    }

    /** Puts a part that has libpq's name; an empty one says nothing. */
    private void put(String name, String text) {
        Parameter parameter = LibpqParameters.all().find(name);
        if (parameter != null && !text.isEmpty()) {
            put(parameter, text);
        }
    }

    private void putAll(List<UrlParameters.Entry> entries) {
        Parameters known = jdbc ? PgjdbcParameters.all() : LibpqParameters.all();
        Set<String> names = new HashSet<>();
        Map<Setting<?>, String> settings = new LinkedHashMap<>();
        for (UrlParameters.Entry entry : entries) {
            boolean sslTrue = !jdbc
                    && entry.name().equals("ssl")
                    && entry.value().reveal().equals("true");
            Parameter parameter = known.find(sslTrue ? "sslmode" : entry.name());
            if (parameter == null) {
                addUnknown(known, entry);
            } else if (!names.add(entry.name())) {
                add(entry.name() + " more than once", "Keep one of them: which one counts must not be left to chance.");
            } else {
                String before = parameter.setting() == null ? null : settings.put(parameter.setting(), entry.name());
                if (before == null) {
                    put(parameter, sslTrue ? "require" : entry.value().reveal());
                } else {
                    add(
                            "both " + before + " and " + entry.name() + ", which are one setting here",
                            "Keep one of them.");
                }
            }
        }
    }

    private void put(Parameter parameter, String text) {
        RawValue value = parameter.read(text, new Origin.UrlPart(parameter.name(), variable), problems);
        if (value != null && isValid(value)) {
            values.put(value.setting(), value);
        }
    }

    /** Checks here what the resolver would check: it would show the text, which may belong to a mistyped password. */
    private boolean isValid(RawValue value) {
        try {
            value.setting().type().parse(value.text().reveal());
            return true;
        } catch (InvalidValueException e) {
            problems.add(
                    ProblemCode.INVALID_URL,
                    variable,
                    value.key() + " is " + e.getMessage() + ".",
                    value.origin(),
                    e.fixes().toArray(new String[0]));
            return false;
        }
    }

    private void addUnknown(Parameters known, UrlParameters.Entry entry) {
        Parameters others = jdbc ? LibpqParameters.all() : PgjdbcParameters.all();
        Optional<String> nearest = known.nearest(entry.name());
        String where = "an unknown parameter, at character " + (entry.index() + 1);
        if (!jdbc && entry.name().equals("ssl")) {
            add("ssl with a value other than true", "Use sslmode, such as sslmode=verify-full.");
        } else if (nearest.isPresent()) {
            add(where, "Did you mean " + nearest.get() + "?");
        } else if (others.find(entry.name()) != null) {
            add(
                    entry.name() + ", which is no parameter of such a URL",
                    jdbc ? "It belongs to postgresql:// URLs." : "It belongs to jdbc:postgresql:// URLs.");
        } else {
            add(where, jdbc ? "Use the parameters of pgjdbc." : "Use the parameters of libpq.");
        }
    }

    private void add(String what, String... fixes) {
        addProblem(" has " + what + ".", fixes);
    }

    private void addProblem(String predicate, String... fixes) {
        problems.add(
                ProblemCode.INVALID_URL, variable, variable + predicate, Origin.Variable.of(variable), fixes);
    }
}
