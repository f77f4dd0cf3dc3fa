package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the programs of the page on sharding, with one database for each shard. */
class ShardingPageTest {

    private static final PostgresServer SERVER = PostgresServer.shared();

    @TempDir
    private Path classes;

    private static Map<String, String> shards(String suffix) {
        Map<String, String> environment = new HashMap<>(Map.of("ENVIRONMENT", "test"));
        for (String shard : List.of("north", "south")) {
            String database = shard + suffix;
            SERVER.createDatabase(database);
            environment.put(
                    shard.toUpperCase(Locale.ROOT) + "_DATABASE_URL",
                    "postgresql://" + PostgresServer.SUPERUSER + ":" + PostgresServer.SUPERUSER_PASSWORD + "@"
                            + SERVER.host() + ":" + SERVER.port() + "/" + database);
        }
        return environment;
    }

    private void compilePage() throws IOException {
        List<Snippet> page = Snippet.of("docs/sharding.md");
        try (BlockCompiler compiler = new BlockCompiler()) {
            assertThat(compiler.compile(page.stream().filter(Snippet::isJava).toList(), classes))
                    .isEmpty();
        }
        page.get(0).writeFilesOfThePage(classes);
    }

    private String run(Map<String, String> environment, String... command) throws Exception {
        try (ChildJvm child = ChildJvm.start(classes, environment, command)) {
            assertThat(child.end()).as(child.output()).isZero();
            return child.output();
        }
    }

    private static List<String> accounts(String database) throws SQLException {
        List<String> accounts = new ArrayList<>();
        try (Connection connection = SERVER.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select tenant, balance from accounts order by tenant")) {
            while (rows.next()) {
                accounts.add(rows.getString(1) + " " + rows.getLong(2));
            }
        }
        return accounts;
    }

    @Test
    void accounts_ofTenantsOnTwoShards_areInTheDatabaseThatTheMapNames() throws Exception {
        compilePage();
        Map<String, String> environment = shards("_map");

        String output = run(environment, "com.example.Accounts", "ada=north", "bob=south", "eve=south");

        assertThat(output).contains("total 300");
        assertThat(accounts("north_map")).containsExactly("ada 100");
        assertThat(accounts("south_map")).containsExactly("bob 100", "eve 100");
    }

    /** The quote would end the literal if it were not escaped. */
    @Test
    void tenant_thatMoves_keepsItsRowsOnTheNewShard() throws Exception {
        compilePage();
        Map<String, String> environment = shards("_move");
        run(environment, "com.example.Accounts", "o'hara=north", "bob=south");

        String output = run(environment, "com.example.TenantMove", "o'hara", "north", "south");
        run(environment, "com.example.Accounts", "o'hara=south", "bob=south");

        assertThat(output).contains("copied 1");
        assertThat(accounts("south_move")).containsExactly("bob 200", "o'hara 200");
        assertThat(accounts("north_move")).containsExactly("o'hara 100");
    }

    /** A copy that stays active would block the next use of its connection, of which each pool has only one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table accounts (tenant text, balance bigint)|division by zero",
                "create table others (tenant text)|relation \"accounts\" does not exist",
            })
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void tenant_whoseMoveFails_leavesBothConnectionsUsable(String target, String error) throws Exception {
        compilePage();
        String suffix = target.contains("others") ? "_refused" : "_failed";
        Map<String, String> environment = shards(suffix);
        environment.put("NORTH_DB_MAXIMUM_POOL_SIZE", "1");
        environment.put("SOUTH_DB_MAXIMUM_POOL_SIZE", "1");
        // the last of many rows fails
        execute(
                "north" + suffix,
                "create view accounts as select 'ada' as tenant, (1 / (20000 - n))::bigint as balance"
                        + " from generate_series(1, 20000) as n");
        execute("south" + suffix, target);

        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()});
                Database north = Databases.builder()
                        .name("north")
                        .environment(environment)
                        .open();
                Database south = Databases.builder()
                        .name("south")
                        .environment(environment)
                        .open()) {
            Method copy = loader.loadClass("com.example.TenantMove")
                    .getDeclaredMethod("copy", Database.class, Database.class, String.class);
            copy.setAccessible(true);

            assertThatThrownBy(() -> copy.invoke(null, north, south, "ada"))
                    .hasRootCauseInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining(error);
            assertThat(count(north, "select count(*) from generate_series(1, 3)"))
                    .isEqualTo(3);
            assertThat(count(south, "select count(*) from " + target.split(" ", -1)[2]))
                    .isZero();
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = SERVER.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Database database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** PostgreSQL keeps parameters of an extension that it does not have. */
    @Test
    void parameterOfCitus_inOptions_reachesEverySession() throws Exception {
        try (Database database = Databases.builder()
                        .environment(Map.of(
                                "DB_HOST",
                                SERVER.host(),
                                "DB_PORT",
                                Integer.toString(SERVER.port()),
                                "DB_NAME",
                                "postgres",
                                "DB_USER",
                                PostgresServer.SUPERUSER,
                                "DB_PASSWORD",
                                PostgresServer.SUPERUSER_PASSWORD,
                                "DB_OPTIONS",
                                "-c citus.multi_shard_modify_mode=sequential"))
                        .open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show citus.multi_shard_modify_mode")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("sequential");
        }
    }
}
