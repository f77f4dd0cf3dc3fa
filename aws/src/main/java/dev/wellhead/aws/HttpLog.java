package dev.wellhead.aws;

import java.util.Locale;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the lowest log level of the JDK's HTTP client must not print: it writes every header, the session token too. */
final class HttpLog {

    /** Held here: java.util.logging forgets the filter of a logger nobody refers to. */
    private static final Logger LOGGER = Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

    private HttpLog() {}

    /** Redacts the token from now on, whatever level is set when. Calling it again does nothing. */
    static synchronized void redactSessionTokens() {
        Filter present = LOGGER.getFilter();
        if (!(present instanceof TokenFilter)) {
            LOGGER.setFilter(new TokenFilter(present));
        }
    }

    private static final class TokenFilter implements Filter {

        private static final String HEADER = "x-amz-security-token: ";

        private final @Nullable Filter next;

        TokenFilter(@Nullable Filter next) {
            this.next = next;
        }

        @Override
        public boolean isLoggable(LogRecord record) {
            String message = record.getMessage();
            int header = message == null ? -1 : message.toLowerCase(Locale.ROOT).indexOf(HEADER);
            if (message != null && header >= 0) {
                int value = header + HEADER.length();
                // no token holds a brace, and every header is put into braces
                int end = message.indexOf('}', value);
                record.setMessage(message.substring(0, value) + "<redacted>" + (end < 0 ? "" : message.substring(end)));
            }
            return next == null || next.isLoggable(record);
        }
    }
}
