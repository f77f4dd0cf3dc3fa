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

    /** Before any logger is made. */
    static void prepare(List<String> arguments) {
        boolean verbose = isVerbose(arguments);
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

    /** {@return whether the log is asked for} Of {@code exec}, options end where its command begins. */
    static boolean isVerbose(List<String> arguments) {
        boolean exec = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--verbose") || argument.equals("-v")) {
                return true;
            }
            if (argument.equals("--") || (exec && !argument.startsWith("-"))) {
                return false;
            }
            if (argument.equals("-d") || argument.equals("--database")) {
                i++;
            }
            exec |= argument.equals("exec");
        }
        return false;
    }

    /** Held here: java.util.logging forgets loggers nobody holds, with their level. */
    private static final class QuietDriver {
        static final Logger LOGGER = Logger.getLogger(DRIVER);
    }
}
