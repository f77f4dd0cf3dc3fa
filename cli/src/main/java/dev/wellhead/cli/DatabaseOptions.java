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

    /** Read by {@link Logging} before picocli parses the command line; declared here for the help and the parser. */
    @Option(
            names = {"-v", "--verbose"},
            description = "Write the logs of the library and of the driver to the standard error.")
    private boolean verbose;

    String name() {
        return name;
    }
}
