package dev.wellhead.internal.url;

import dev.wellhead.settings.Sensitive;
import java.util.ArrayList;
import java.util.List;

/** The part of a URL after {@code ?}: names and values, decoded, in order. */
final class UrlParameters {

    /** A key or a key store may be encrypted with an empty password. */
    private static final String MAY_BE_EMPTY = "sslpassword";

    /**
     * One parameter.
     *
     * @param name decoded; never shown unless it is a known name
     * @param value decoded, empty only for sslpassword; never shown
     * @param index where it starts in the URL
     */
    record Entry(String name, Sensitive value, int index) {

        /** {@return a constant, because parts may be sensitive} */
        @Override
        public String toString() {
            return "Entry[<redacted>]";
        }
    }

    private UrlParameters() {}

    /**
     * {@return the parameters; a trailing {@code &} is allowed, as libpq and pgjdbc do}
     *
     * @param start the index after {@code ?}
     * @param jdbc whether a second {@code =} belongs to the value, as in pgjdbc; libpq rejects it
     */
    static List<Entry> read(String url, int start, boolean jdbc) throws MalformedUrlException {
        List<Entry> entries = new ArrayList<>();
        int next = start;
        while (next < url.length()) {
            int ampersand = url.indexOf('&', next);
            int end = ampersand < 0 ? url.length() : ampersand;
            entries.add(entry(url, next, end, jdbc));
            next = end + 1;
        }
        return entries;
    }

    private static Entry entry(String url, int start, int end, boolean jdbc) throws MalformedUrlException {
        int equals = url.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            throw MalformedUrlException.at(
                    start, "has a parameter without '='", "Write name=value, and %26 for an '&' in a value.");
        }
        int second = url.indexOf('=', equals + 1);
        if (!jdbc && second >= 0 && second < end) {
            throw MalformedUrlException.at(
                    second, "has a second '=' in a parameter", "Write %3D for an '=' in a value.");
        }
        String name = PercentEncoding.decode(url, start, equals);
        if (equals + 1 == end && !name.equals(MAY_BE_EMPTY)) {
            throw MalformedUrlException.at(start, "has a parameter without a value", "Leave the parameter out.");
        }
        return new Entry(name, Sensitive.of(PercentEncoding.decode(url, equals + 1, end)), start);
    }
}
