package com.example.visits;

import org.flywaydb.core.Flyway;

/** Migrates with a URL in Flyway's configuration, as its command line and plug-ins do. */
public final class FlywayWithUrl {

    private FlywayWithUrl() {}

    public static void main(String[] arguments) {
        Flyway.configure().dataSource("jdbc:wellhead:", null, null).load().migrate();
    }
}
