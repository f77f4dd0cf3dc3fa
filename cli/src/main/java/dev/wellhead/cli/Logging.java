package dev.wellhead.cli;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Quiet by default: what went wrong is in the output already. {@code --verbose} lets all of it through, to the standard error. */
final class Logging {

    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
    private static final String DRIVER = "org.postgresql";

    private Logging() {}

    /** Before any logger is made. What belongs to a child of {@code exec} is not ours to read. */
    static void prepare(List<String> arguments) {
        int end = arguments.indexOf("--");
        List<String> ours = end < 0 ? arguments : arguments.subList(0, end);
        boolean verbose = ours.contains("--verbose") || ours.contains("-v");
        System.setProperty(LEVEL, verbose ? "debug" : "off");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        // SLF4J itself says which provider it found
        System.setProperty("slf4j.internal.verbosity", "WARN");
        if (verbose) {
            Logger.getLogger(DRIVER).setLevel(Level.FINE);
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                handler.setLevel(Level.FINE);
            }
        } else {
            QuietDriver.LOGGER.setLevel(Level.OFF);
        }
    }

    /** Held here: java.util.logging forgets loggers nobody holds, with their level. */
    private static final class QuietDriver {
        static final Logger LOGGER = Logger.getLogger(DRIVER);
    }
}
