package com.example.visits;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** Adds a visit for every line of standard input, and prints the number of visits. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (Database database = Databases.fromEnvironment()) {
            DbClient client = JdbcClientBuilder.create()
                    .connectionPool(() -> connection(database))
                    .build();
            client.execute().dml("create table visits (at timestamptz not null default now())");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (input.readLine() != null) {
                System.out.println("> " + answer(client));
            }
        }
    }

    private static Connection connection(Database database) {
        try {
            return database.getConnection();
        } catch (SQLException e) {
            throw new DbClientException(e.getMessage(), e);
        }
    }

    private static String answer(DbClient client) {
        try {
            return Long.toString(add(client));
        } catch (RuntimeException e) {
            return "failed: " + String.valueOf(e.getMessage()).replaceAll("\\R", " ");
        }
    }

    private static long add(DbClient client) {
        client.execute().dml("insert into visits default values");
        return client.execute()
                .get("select count(*) from visits")
                .orElseThrow()
                .column(1)
                .get(Long.class);
    }
}
