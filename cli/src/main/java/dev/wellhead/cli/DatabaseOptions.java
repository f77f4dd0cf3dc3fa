package dev.wellhead.cli;

import picocli.CommandLine.Option;

/** The options every command has. */
final class DatabaseOptions {

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "A named database: NAME_DB_*, wellhead.databases.NAME. Without it, the unnamed one.")
    private String database = "default";

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log of the library and of the driver, on the standard error.")
    private boolean verbose;

    String name() {
        return database;
    }

    boolean isVerbose() {
        return verbose;
    }
}
