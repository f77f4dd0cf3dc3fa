package dev.wellhead.examples.guides;

import liquibase.command.CommandScope;

/** Migrates with the variables of Liquibase's command line ({@code LIQUIBASE_COMMAND_URL} and others). */
final class LiquibaseCommand {

    private LiquibaseCommand() {}

    public static void main(String[] args) throws Exception {
        new CommandScope(args).execute();
    }
}
