package dev.wellhead.examples.ledger;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Creates a database for one test, with the schemas and the data of infrastructure/init-scripts. */
public final class LedgerDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private LedgerDatabase() {}

    /** {@return the name of the new database} */
    public static String create(PostgresServer server) {
        String name = "ledger_" + NUMBER.incrementAndGet();
        server.createDatabase(name);
        try (Stream<Path> files = Files.list(Repository.root().resolve("infrastructure/init-scripts"))) {
            // the first script renames the superuser, which is not needed here
            List<Path> scripts = files.filter(file -> file.toString().matches(".*/0[1-9]-[^/]*\\.sql"))
                    .sorted()
                    .toList();
            for (Path script : scripts) {
                server.executeIn(name, Files.readString(script));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** {@return the database, opened by this library; {@code more} overrides the default environment} */
    public static Database open(String host, int port, String name, Map<String, String> more) throws SQLException {
        Map<String, String> environment = new HashMap<>(environment(host, port, name));
        environment.putAll(more);
        return Databases.builder().environment(environment).open();
    }

    public static Map<String, String> environment(String host, int port, String name) {
        return Map.of(
                "ENVIRONMENT",
                "test",
                "DB_HOST",
                host,
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                name,
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD);
    }
}
