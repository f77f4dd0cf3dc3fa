package dev.wellhead.cli;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Configures logging: off by default, because the output shows every failure; {@code --verbose} logs to the standard error. */
final class Logging {

    /** Kept in a field: java.util.logging may collect a logger that is not referenced, and its level with it. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Logging() {}

    /** Has to be called before the first logger is created. */
    static void configure(List<String> arguments) {
        boolean verbose = isVerbose(arguments);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : "off");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        // otherwise SLF4J prints the name of its provider
        System.setProperty("slf4j.internal.verbosity", "WARN");
        DRIVER.setLevel(verbose ? Level.FINE : Level.OFF);
        if (verbose) {
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                handler.setLevel(Level.FINE);
            }
        }
    }

    /**
     * {@return whether the option is given} Loggers are created before picocli parses the arguments. The options of
     * {@code exec} end where its command begins: {@code wellhead exec psql -v X=1} passes {@code -v} to psql.
     */
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
}
