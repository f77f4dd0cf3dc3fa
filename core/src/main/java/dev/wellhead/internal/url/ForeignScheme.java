package dev.wellhead.internal.url;

import java.util.Locale;

/** Explains a URL that starts with none of the three schemes. */
final class ForeignScheme {

    /** The start of {@code Host=db;Port=5432} (Npgsql) and of {@code host=db port=5432} (libpq). */
    private static final String[] KEYWORDS = {"host", "server", "dbname", "user", "database", "port"};

    private static final String[] OF_POSTGRESQL = {"postgre", "pgsql", "psql", "postgis"};
    static final String WRITE_URL = "Write postgresql://user:password@host:port/database.";
    private static final int LONGEST = 40;

    private ForeignScheme() {}

    /** {@return the problem} A scheme is shown only if it contains a name of PostgreSQL. */
    static MalformedUrlException of(String url) {
        int end = url.indexOf("://");
        String scheme = end < 0 || end > LONGEST ? "" : url.substring(0, end);
        if (startsWithKeyword(url)) {
            return new MalformedUrlException("is a list of keywords and values, not a URL", WRITE_URL);
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (lower.equals("prisma") || lower.equals("prisma+postgres")) {
            return new MalformedUrlException(
                    "is a URL of Prisma's own service, which only Prisma can use",
                    "Set the URL of the database itself, which Prisma also needs for migrations.");
        }
        if (lower.startsWith("jdbc:tc:")) {
            return new MalformedUrlException(
                    "is a URL of Testcontainers, which only its own driver can use",
                    "Set what getJdbcUrl(), getUsername() and getPassword() of the container return.");
        }
        if (!isOfPostgresql(scheme)) {
            return new MalformedUrlException(
                    "is not the URL of a PostgreSQL database",
                    "Start it with postgresql://, postgres:// or jdbc:postgresql://, in lower case.");
        }
        boolean jdbc = lower.startsWith("jdbc");
        return new MalformedUrlException(
                "starts with " + scheme + "://, which neither libpq nor pgjdbc has",
                "Start it with " + (jdbc ? "jdbc:postgresql://." : "postgresql://."));
    }

    static boolean startsWithKeyword(String text) {
        int equals = text.indexOf('=');
        String first = equals < 0 || equals > LONGEST
                ? ""
                : text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        for (String keyword : KEYWORDS) {
            if (keyword.equals(first)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfPostgresql(String scheme) {
        for (int i = 0; i < scheme.length(); i++) {
            char c = scheme.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && "+-_.:".indexOf(c) < 0) {
                return false;
            }
        }
        for (String name : OF_POSTGRESQL) {
            if (scheme.toLowerCase(Locale.ROOT).contains(name)) {
                return true;
            }
        }
        return false;
    }
}
