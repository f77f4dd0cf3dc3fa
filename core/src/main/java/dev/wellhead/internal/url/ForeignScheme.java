package dev.wellhead.internal.url;

import java.util.Locale;

/** Explains a URL that starts with none of the three schemes. */
final class ForeignScheme {

    private static final String[] OF_POSTGRESQL = {"postgres", "pgsql", "psql", "postgis"};
    private static final int LONGEST = 40;

    private ForeignScheme() {}

    /** {@return the problem} A scheme is shown only if it contains a name of PostgreSQL. */
    static MalformedUrlException of(String url) {
        int end = url.indexOf("://");
        String scheme = end < 0 || end > LONGEST ? "" : url.substring(0, end);
        if (!isOfPostgresql(scheme)) {
            return new MalformedUrlException(
                    "is not the URL of a PostgreSQL database",
                    "Start it with postgresql://, postgres:// or jdbc:postgresql://, in lower case.");
        }
        boolean jdbc = scheme.toLowerCase(Locale.ROOT).startsWith("jdbc");
        return new MalformedUrlException(
                "starts with " + scheme + "://, which neither libpq nor pgjdbc has",
                "Start it with " + (jdbc ? "jdbc:postgresql://." : "postgresql://."));
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
