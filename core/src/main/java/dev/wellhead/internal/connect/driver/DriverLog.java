package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.text.SafeText;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps authentication messages out of pgjdbc's log. At level {@code FINEST} the driver logs the responses of SCRAM and
 * MD5 together with salt and nonce, which is enough to guess passwords offline. Texts that the server sends before the
 * session is ready are made safe to show.
 */
final class DriverLog {

    /** Referenced from here, because java.util.logging discards an unreferenced logger together with its filter. */
    private static final Logger[] LOGGERS = {
        Logger.getLogger("org.postgresql.core.v3.ScramAuthenticator"),
        Logger.getLogger("org.postgresql.core.v3.ConnectionFactoryImpl")
    };

    private DriverLog() {}

    /** Redacts these messages at every log level, also if the level changes later. Calling it again does nothing. */
    static synchronized void redactAuthentication() {
        for (Logger logger : LOGGERS) {
            Filter present = logger.getFilter();
            if (!(present instanceof RedactingFilter)) {
                logger.setFilter(new RedactingFilter(present));
            }
        }
    }

    /** Numbers stay as they are; every other parameter may be a text of the server. */
    private static Object[] safe(Object[] parameters) {
        Object[] safe = parameters.clone();
        for (int i = 0; i < safe.length; i++) {
            if (!(safe[i] instanceof Number)) {
                safe[i] = SafeText.of(String.valueOf(safe[i]));
            }
        }
        return safe;
    }

    /** Replaces the parameters of the messages and keeps their text. */
    private static final class RedactingFilter implements Filter {

        private static final Object[] REDACTED = {"<redacted>"};

        private final @Nullable Filter next;

        RedactingFilter(@Nullable Filter next) {
            this.next = next;
        }

        @Override
        public boolean isLoggable(LogRecord record) {
            String message = record.getMessage();
            if (message != null && (message.contains("SASL") || message.contains("md5digest"))) {
                record.setParameters(REDACTED);
            } else if (record.getParameters() != null) {
                record.setParameters(safe(record.getParameters()));
            }
            return next == null || next.isLoggable(record);
        }
    }
}
