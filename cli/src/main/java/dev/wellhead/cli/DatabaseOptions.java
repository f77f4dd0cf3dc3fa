package dev.wellhead.cli;

import dev.wellhead.internal.sources.SettingsRequest;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class DatabaseOptions {

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "A named database (NAME_DB_*, wellhead.databases.NAME). Default: the unnamed database.")
    private String name = "default";

    @Option(
            names = "--migration",
            description = "Use the role and the server for migrations (DB_MIGRATION_*, migration { ... }).")
    private boolean migration;

    /** Called by picocli while it parses, before a command creates a logger. */
    @Option(
            names = {"-v", "--verbose"},
            description = "Write the logs of the library and of the driver to the standard error.")
    void setVerbose(boolean verbose) {
        if (verbose) {
            Logging.enable();
        }
    }

    /** {@return the request for the settings that the options select} */
    SettingsRequest request(CommandContext context) {
        SettingsRequest request = context.requests().apply(name);
        return migration ? request.forMigrations() : request;
    }

    /** {@return the option that selects another database than the unnamed one; empty if there is none} */
    String selection() {
        if (!name.equals("default")) {
            return "--database";
        }
        return migration ? "--migration" : "";
    }

    /** {@return the name of the database; {@code default} for the unnamed one} */
    String name() {
        return name;
    }
}
