package dev.wellhead.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs to the standard error with {@code --verbose}, else not at all: the output of a command shows every failure. Has to be
 * configured before the first logger of SLF4J is created, so the option is a setter, which picocli calls when it parses.
 */
final class Logging {

    /** Kept in a field: java.util.logging may collect a logger that is not referenced, and its level with it. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Logging() {}

    /**
     * Turns off every logger of SLF4J and of the driver. Called at the start of {@link Main}, before a logger exists.
     */
    static void disable() {
        configure("off", Level.OFF);
        // otherwise SLF4J prints the name of its provider
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** Writes debug logs with the time of day to the standard error. */
    static void enable() {
        configure("debug", Level.FINE);
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.FINE);
        }
    }

    private static void configure(String level, Level driverLevel) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
        DRIVER.setLevel(driverLevel);
    }
}
