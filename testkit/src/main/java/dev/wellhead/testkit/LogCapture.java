package dev.wellhead.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Captures everything that is logged while it is open, at every level: through SLF4J (Wellhead, HikariCP) and through
 * java.util.logging (pgjdbc). Closing it restores the levels. Only one capture may be open at a time.
 */
public final class LogCapture implements AutoCloseable {

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final ch.qos.logback.classic.Level rootLevel = root.getLevel();
    private final Slf4jAppender appender = new Slf4jAppender();

    /** A strong reference, because java.util.logging discards a logger and its level without one. */
    private final java.util.logging.Logger driver = java.util.logging.Logger.getLogger("org.postgresql");

    private final java.util.logging.@Nullable Level driverLevel = driver.getLevel();
    private final DriverHandler handler = new DriverHandler();

    private LogCapture() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        root.setLevel(ch.qos.logback.classic.Level.TRACE);
        handler.setLevel(java.util.logging.Level.ALL);
        driver.addHandler(handler);
        driver.setLevel(java.util.logging.Level.ALL);
    }

    /** {@return a capture that starts now; the caller closes it} */
    public static LogCapture start() {
        return new LogCapture();
    }

    /** {@return the events so far, in their order} */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** {@return the messages so far at this level or above, in their order} */
    public List<String> messages(Level atLeast) {
        return events.stream()
                .filter(event -> event.level().toInt() >= atLeast.toInt())
                .map(Event::message)
                .toList();
    }

    /** {@return all events so far as one text: levels, threads, loggers, messages, stack traces} */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Event event : events) {
            text.append(event).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        driver.setLevel(driverLevel);
        driver.removeHandler(handler);
        root.setLevel(rootLevel);
        root.detachAppender(appender);
        appender.stop();
    }

    /**
     * A logged event.
     *
     * @param level the level of SLF4J
     * @param logger the name of the logger
     * @param thread the name of the thread
     * @param message the formatted message
     * @param stackTrace the throwable with its causes and suppressed exceptions; empty if there is none
     */
    public record Event(Level level, String logger, String thread, String message, String stackTrace) {}

    private final class Slf4jAppender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String stackTrace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            events.add(new Event(
                    Level.valueOf(event.getLevel().toString()),
                    event.getLoggerName(),
                    event.getThreadName(),
                    event.getFormattedMessage(),
                    stackTrace + (event.getMDCPropertyMap().isEmpty() ? "" : event.getMDCPropertyMap())));
        }
    }

    private final class DriverHandler extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            StringWriter stackTrace = new StringWriter();
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(stackTrace));
            }
            events.add(new Event(
                    level(record.getLevel()),
                    String.valueOf(record.getLoggerName()),
                    Thread.currentThread().getName(),
                    formatter.formatMessage(record),
                    stackTrace.toString()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        private static Level level(java.util.logging.Level level) {
            int value = level.intValue();
            if (value >= java.util.logging.Level.SEVERE.intValue()) {
                return Level.ERROR;
            }
            if (value >= java.util.logging.Level.WARNING.intValue()) {
                return Level.WARN;
            }
            if (value >= java.util.logging.Level.INFO.intValue()) {
                return Level.INFO;
            }
            return value >= java.util.logging.Level.FINE.intValue() ? Level.DEBUG : Level.TRACE;
        }
    }
}
