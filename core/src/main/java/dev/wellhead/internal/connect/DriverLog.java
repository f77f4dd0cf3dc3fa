package dev.wellhead.internal.connect;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What pgjdbc's lowest log level must not print. At {@code FINEST} it writes the answers of SCRAM and MD5 beside their
 * salt and nonce: whoever reads that log can try passwords against them with no server in the way.
 */
public final class DriverLog {

    /** Held here: java.util.logging forgets the filter of a logger nobody refers to. */
    private static final Logger[] LOGGERS = {
        Logger.getLogger("org.postgresql.core.v3.ScramAuthenticator"),
        Logger.getLogger("org.postgresql.core.v3.ConnectionFactoryImpl")
    };

    private DriverLog() {}

    /** Redacts those answers from now on, whatever level is set when. Calling it again does nothing. */
    public static synchronized void redactAnswers() {
        for (Logger logger : LOGGERS) {
            Filter present = logger.getFilter();
            if (!(present instanceof AnswerFilter)) {
                logger.setFilter(new AnswerFilter(present));
            }
        }
    }

    /** Shows that there was an answer, not which. */
    private static final class AnswerFilter implements Filter {

        private static final Object[] REDACTED = {"<redacted>"};

        private final @Nullable Filter next;

        AnswerFilter(@Nullable Filter next) {
            this.next = next;
        }

        @Override
        public boolean isLoggable(LogRecord record) {
            String message = record.getMessage();
            if (message != null && (message.contains("SASL") || message.contains("md5digest"))) {
                record.setParameters(REDACTED);
            }
            return next == null || next.isLoggable(record);
        }
    }
}
