package dev.wellhead.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class DatabaseOptions {

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "A named database (NAME_DB_*, wellhead.databases.NAME). Default: the unnamed database.")
    private String name = "default";

    /** Called by picocli while it parses, before a command creates a logger. */
    @Option(
            names = {"-v", "--verbose"},
            description = "Write the logs of the library and of the driver to the standard error.")
    void setVerbose(boolean verbose) {
        if (verbose) {
            Logging.enable();
        }
    }

    /** {@return the name of the database; {@code default} for the unnamed one} */
    String name() {
        return name;
    }
}
