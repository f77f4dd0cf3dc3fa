package dev.wellhead.examples.guides;

import org.flywaydb.core.Flyway;

/** Migrates with the variables of Flyway's command line ({@code FLYWAY_URL} and others). */
final class FlywayCommand {

    private FlywayCommand() {}

    public static void main(String[] args) {
        Flyway.configure().envVars().load().migrate();
    }
}
