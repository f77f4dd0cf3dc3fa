package dev.wellhead.aws;

import java.util.Locale;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the lowest log level of the JDK's HTTP client must not print: it writes every header, tokens too. The SDK asks the
 * instance metadata and the container agent with the same client.
 */
final class HttpLog {

    /** Held here: java.util.logging forgets the filter of a logger nobody refers to. */
    private static final Logger LOGGER = Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

    private HttpLog() {}

    /** Redacts the tokens from now on, whatever level is set when. Calling it again does nothing. */
    static synchronized void redactTokens() {
        Filter present = LOGGER.getFilter();
        if (!(present instanceof TokenFilter)) {
            LOGGER.setFilter(new TokenFilter(present));
        }
    }

    private static final class TokenFilter implements Filter {

        private static final String[] HEADERS = {
            "x-amz-security-token: ", "x-aws-ec2-metadata-token: ", "authorization: "
        };

        private final @Nullable Filter next;

        TokenFilter(@Nullable Filter next) {
            this.next = next;
        }

        @Override
        public boolean isLoggable(LogRecord record) {
            String message = record.getMessage();
            if (message != null) {
                String redacted = message;
                for (String header : HEADERS) {
                    redacted = redacted(redacted, header);
                }
                record.setMessage(redacted);
            }
            return next == null || next.isLoggable(record);
        }

        private static String redacted(String message, String header) {
            String lower = message.toLowerCase(Locale.ROOT);
            StringBuilder text = new StringBuilder();
            int from = 0;
            for (int at = lower.indexOf(header); at >= 0; at = lower.indexOf(header, from)) {
                text.append(message, from, at + header.length()).append("<redacted>");
                // no token holds a brace, and every header is put into braces
                int end = message.indexOf('}', at);
                from = end < 0 ? message.length() : end;
            }
            return from == 0
                    ? message
                    : text.append(message, from, message.length()).toString();
        }
    }
}
