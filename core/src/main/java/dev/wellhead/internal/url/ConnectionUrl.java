package dev.wellhead.internal.url;

import dev.wellhead.internal.text.UnixSockets;
import dev.wellhead.internal.types.AddedText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.PasswordDoubt;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses a connection URL: {@code postgresql://} and {@code postgres://} by libpq's rules, {@code jdbc:postgresql://}
 * with pgjdbc's parameters. The URL is rejected if libpq and pgjdbc interpret it differently or silently ignore a
 * mistake: an unknown parameter, a parameter that is given twice (both use the last one), {@code ssl=true} in a JDBC
 * URL ({@code verify-full} in pgjdbc, {@code require} in libpq), and a blank. {@code +} is not decoded to a blank. No
 * message contains a part of the URL, except for the names of parameters and values that only a few known words or
 * numbers can have.
 *
 * <p>Sources: PostgreSQL documentation, libpq chapter, "Connection URIs"; pgjdbc documentation, "Connecting to the
 * Database".
 */
public final class ConnectionUrl {

    /** The part of a URL that decides about TLS. */
    private static final String SCHEME = "scheme";

    private static final String URL = "DATABASE_URL";
    private static final String JDBC = "jdbc:postgresql:";
    private static final String JDBC_WITH_HOST = "jdbc:postgresql://";
    private static final String[] ESCAPED_AMPERSANDS = {"&amp;", "\\u0026"};

    private final String url;
    private final String variable;
    private final Catalogue catalogue;
    private final Problems problems;
    private final boolean jdbc;
    private final Parameters parts;
    private final Map<Setting<?>, RawValue> values = new LinkedHashMap<>();

    private ConnectionUrl(String url, String variable, Catalogue catalogue, Problems problems) {
        this.url = url;
        this.variable = variable;
        this.catalogue = catalogue;
        this.problems = problems;
        this.jdbc = catalogue.isOfDatabases() && url.startsWith(JDBC);
        this.parts = catalogue.isOfDatabases() ? LibpqParameters.all() : Parameters.of(catalogue.parameters());
    }

    /**
     * {@return the values in the URL} If a part is invalid, a problem is added and the valid parts are returned. A
     * parameter overrides the same setting in the part before {@code ?}, as in libpq.
     *
     * @param variable the environment variable that contains the URL, such as {@code DATABASE_URL}
     */
    public static List<RawValue> parse(Sensitive url, String variable, Catalogue catalogue, Problems problems) {
        ConnectionUrl parsed = new ConnectionUrl(url.reveal(), variable, catalogue, problems);
        try {
            parsed.parse();
        } catch (MalformedUrlException e) {
            parsed.addProblem(e.getMessage() + ".", e.fixes());
        }
        return List.copyOf(parsed.values.values());
    }

    /** {@return whether the value is the scheme of a URL, or of one in a file} */
    public static boolean isScheme(RawValue value) {
        return (value.origin() instanceof Origin.UrlPart part && part.part().equals(SCHEME))
                || (value.origin() instanceof Origin.ValueFile file
                        && file.part().equals(SCHEME));
    }

    private void parse() throws MalformedUrlException {
        int start = afterScheme();
        requireNoBlanks(start);
        requireNoEscapedAmpersand();
        int question;
        if (jdbc && !url.startsWith(JDBC_WITH_HOST)) {
            question = readDatabaseOnly(start);
        } else {
            UrlAuthority authority = UrlAuthority.read(url, start, jdbc);
            if (!catalogue.isOfDatabases()
                    && !authority.user().isEmpty()
                    && authority.password().reveal().isEmpty()) {
                throw new MalformedUrlException(
                        "has one word before the '@', which is a password for some clients and a user for others",
                        "Write user:password@ or :password@, or set the user as a setting of its own.");
            }
            question = url.indexOf('?', authority.end());
            int end = question < 0 ? url.length() : question;
            if (authority.host().isEmpty() && UnixSockets.isUsual(url.substring(authority.end(), end))) {
                throw MalformedUrlException.at(
                        authority.end(),
                        "has a Unix socket directory in place of a host, and only TCP hosts are supported",
                        UnixSockets.fix(url.substring(authority.end(), end)));
            }
            String database = database(authority.end(), end);
            addPart("host", authority.host());
            addPart("port", authority.port());
            addPart("user", authority.user());
            addPart("password", authority.password().reveal());
            addPart(catalogue.isOfDatabases() ? "dbname" : "database", database);
        }
        if (question >= 0) {
            addParameters(UrlParameters.read(url, question + 1, jdbc));
        }
    }

    /** Reads {@code jdbc:postgresql:database}, which has no host. {@return the index of the {@code ?}, or -1} */
    private int readDatabaseOnly(int start) throws MalformedUrlException {
        int question = url.indexOf('?', start);
        int end = question < 0 ? url.length() : question;
        for (int i = start; i < end; i++) {
            if (":/@".indexOf(url.charAt(i)) >= 0) {
                throw new MalformedUrlException(
                        "has no '//' before its host", "Write jdbc:postgresql://host:port/database.");
            }
        }
        addPart("dbname", PercentEncoding.decode(url, start, end));
        return question;
    }

    private int afterScheme() throws MalformedUrlException {
        if (jdbc) {
            return url.startsWith(JDBC_WITH_HOST) ? JDBC_WITH_HOST.length() : JDBC.length();
        }
        for (Map.Entry<String, String> scheme : catalogue.schemes().entrySet()) {
            if (url.startsWith(scheme.getKey())) {
                if (!scheme.getValue().isEmpty()) {
                    Origin origin = new Origin.UrlPart(SCHEME, variable);
                    values.put(Settings.SSLMODE, RawValue.of(Settings.SSLMODE, scheme.getValue(), origin));
                }
                return scheme.getKey().length();
            }
        }
        throw UrlStart.explain(url, catalogue);
    }

    /** libpq keeps a blank up to version 16; later versions remove or reject it. */
    private void requireNoBlanks(int start) throws MalformedUrlException {
        if (AddedText.endsInLineBreak(url)) {
            throw new MalformedUrlException("ends in a line break", "Remove the line break.");
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                explainBlank(start, i);
                throw MalformedUrlException.at(
                        i,
                        "has a blank or a control character",
                        "Remove it, or write %20 for a blank that belongs to a value.");
            }
        }
    }

    /** @throws MalformedUrlException if the blank belongs to a mistake that has a name */
    private void explainBlank(int start, int at) throws MalformedUrlException {
        if (url.charAt(at) == '\n' || url.charAt(at) == '\r') {
            throw MalformedUrlException.at(at, "has a line break", "Write the URL on one line.");
        }
        if (catalogue.isOfDatabases() && ForeignScheme.startsWithKeyword(url.substring(start))) {
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
    private void requireNoEscapedAmpersand() throws MalformedUrlException {
        int question = url.indexOf('?');
        for (String escaped : ESCAPED_AMPERSANDS) {
            int at = question < 0 ? -1 : url.indexOf(escaped, question);
            if (at >= 0) {
                throw MalformedUrlException.at(
                        at, "has '" + escaped + "', which is an '&' that was escaped", "Write & in place of it.");
            }
        }
    }

    private String database(int start, int end) throws MalformedUrlException {
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

    /** Adds a part of the URL by libpq's name for it; an empty part counts as not set. */
    private void addPart(String name, String text) {
        Parameter parameter = parts.find(name);
        if (parameter != null && !text.isEmpty()) {
            addValue(parameter, text);
        }
    }

    private void addParameters(List<UrlParameters.Entry> entries) {
        Parameters known = jdbc ? PgjdbcParameters.all() : parts;
        Set<String> names = new HashSet<>();
        Map<Setting<?>, String> settings = new LinkedHashMap<>();
        String before = "";
        for (UrlParameters.Entry entry : entries) {
            // libpq accepts ssl=true for JDBC URLs that are used without their prefix
            boolean sslTrue =
                    entry.name().equals("ssl") && entry.value().reveal().equals("true");
            Parameter parameter = known.find(sslTrue && !jdbc ? "sslmode" : entry.name());
            if (parameter == null) {
                addUnknown(entry, UnknownParameter.isPassword(before));
            } else if (!names.add(entry.name())) {
                addProblem("has " + entry.name() + " more than once.", "Keep one of them.");
            } else if (!sslTrue || !isImplied(entries)) {
                String other = parameter.setting() == null ? null : settings.put(parameter.setting(), entry.name());
                if (other == null) {
                    addValue(
                            parameter,
                            sslTrue && !jdbc ? "require" : entry.value().reveal());
                } else {
                    addProblem(
                            "has both " + other + " and " + entry.name() + ", which are the same setting.",
                            "Keep one of them.");
                }
            }
            before = entry.name();
        }
    }

    /**
     * {@return whether {@code ssl=true} adds nothing to the SSL mode of the URL} In pgjdbc the mode takes precedence. In
     * libpq the last one does, so only the mode that {@code ssl=true} stands for is the same in any order.
     */
    private boolean isImplied(List<UrlParameters.Entry> entries) {
        for (UrlParameters.Entry entry : entries) {
            if (entry.name().equals("sslmode")) {
                String mode = entry.value().reveal();
                return mode.equals("require") || (jdbc && (mode.equals("verify-ca") || mode.equals("verify-full")));
            }
        }
        return false;
    }

    /** @param followsPassword whether it may be the rest of a password with an {@code &} that is not encoded */
    private void addUnknown(UrlParameters.Entry entry, boolean followsPassword) {
        String hidden = "has an unknown parameter, at character " + (entry.index() + 1) + ".";
        if (!catalogue.isOfDatabases()) {
            addProblem(hidden, "Parameters are: " + String.join(", ", parts.names()) + ".");
            return;
        }
        UnknownParameter unknown = new UnknownParameter(entry.name(), entry.value(), "the URL", jdbc, prefix());
        Setting<?> meant = unknown.meantSetting();
        if (meant != null) {
            // a value that is missing only because of this parameter is not a second problem
            problems.addMisspelt(meant);
        }
        if (followsPassword) {
            addProblem(hidden, "Write %26 for an '&' in a password.");
        } else if (!jdbc && entry.name().equals("ssl")) {
            addProblem("has ssl with a value other than true.", UnknownParameter.ofSsl(entry.value()));
        } else if (unknown.canBeShown()) {
            addProblem("has " + unknown.description() + ".", unknown.fixes());
        } else {
            addProblem(hidden, unknown.fixes());
        }
    }

    /** {@return the prefix of the variables of this database; the URL may be in a file, {@code DATABASE_URL_FILE}} */
    private String prefix() {
        return variable.substring(0, Math.max(0, variable.indexOf(URL)));
    }

    private void addValue(Parameter parameter, String text) {
        RawValue value = parameter.read(text, new Origin.UrlPart(parameter.name(), variable), problems);
        if (value != null && isValid(value) && !isPlaceholder(value)) {
            values.put(value.setting(), value);
        }
    }

    /** Checks the value here, because a value of the URL may be a part of a mistyped password and must not be shown. */
    private boolean isValid(RawValue value) {
        try {
            SettingValues.parse(value.setting(), value.text().reveal());
            return true;
        } catch (InvalidValueException e) {
            List<String> fixes = new ArrayList<>(List.of(e.fixes()));
            if (value.setting().kind() == Setting.ValueKind.DURATION && catalogue.isOfDatabases()) {
                fixes.add("A number in a URL is in seconds.");
            }
            problems.add(
                    ProblemCode.INVALID_URL,
                    variable,
                    value.key() + " is " + e.getMessage() + ".",
                    value.origin(),
                    fixes.toArray(new String[0]));
            return false;
        }
    }

    /** A provider's example, such as {@code postgresql://postgres:[YOUR-PASSWORD]@...}, is never a password. */
    private boolean isPlaceholder(RawValue value) {
        boolean isPlaceholder = value.setting() == Settings.PASSWORD
                && PasswordDoubt.of(value.text().reveal()) == PasswordDoubt.PLACEHOLDER;
        if (isPlaceholder) {
            problems.add(
                    ProblemCode.INVALID_URL,
                    variable,
                    value.key() + " is a placeholder, not a password.",
                    value.origin(),
                    "Replace all of it, including brackets, by the password of the role. " + UrlAuthority.ENCODE);
        }
        return isPlaceholder;
    }

    private void addProblem(String predicate, String... fixes) {
        problems.add(
                ProblemCode.INVALID_URL, variable, variable + " " + predicate, Origin.Variable.of(variable), fixes);
    }
}
