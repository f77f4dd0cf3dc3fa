package dev.wellhead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.DatabaseScript.Result;
import dev.wellhead.embedded.internal.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code make restore} on a database that the environment names, with a real server and the psql of this machine. A dump is
 * a file of SQL here, which a script called pg_restore prints.
 */
class DatabaseRestoreTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Everything about a database except its id and its content, in one line. */
    private static final String PROPERTIES =
            """
            select concat_ws('; ', pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datlocprovider, datcollate, datctype,
                daticulocale, spcname, datconnlimit, datistemplate, datallowconn,
                (select array_agg(a::text order by a::text) from unnest(datacl) a),
                shobj_description(d.oid, 'pg_database'),
                (select string_agg(s.setrole::regrole || ' ' || entry, ', ' order by s.setrole, entry)
                    from pg_db_role_setting s, unnest(setconfig) entry where s.setdatabase = d.oid))
            from pg_database d join pg_tablespace t on t.oid = dattablespace where datname = '%s'
            """;

    private static LocalPostgres server;

    @TempDir
    Path directory;

    private final String database = "orders" + NUMBER.incrementAndGet();
    private DatabaseScript script;

    @BeforeAll
    static void startTheServer() throws Exception {
        assumeFalse(Platform.current().isWindows(), "Windows has no POSIX shell of its own");
        assumeTrue(hasProgram("psql"), "psql is not installed");
        server = LocalPostgres.start();
        asSuperuser("create role shop_owner login createdb password 'x'");
        asSuperuser("create role app");
        asSuperuser("create role report");
        asSuperuser("set allow_in_place_tablespaces = on; create tablespace fast location ''");
    }

    @AfterAll
    static void stopTheServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void createTheDatabase() throws Exception {
        script = new DatabaseScript(directory);
        asSuperuser("create database " + database);
        inTheDatabase("create table content as select 'current' as note");
        // the settings of the environment, as wellhead exec passes them on
        script.withProgram(
                "wellhead",
                """
                shift 2
                export PGHOST=%s PGPORT=%d PGDATABASE='%s'
                exec "$@"
                """
                        .formatted(server.host(), server.port(), database));
        script.withProgram(
                "pg_restore",
                """
                case "$*" in
                *--version*) echo 'pg_restore (PostgreSQL) 17.1' ;;
                *--list*) grep -q '^-- a dump' ;;
                *) cat ;;
                esac
                """);
    }

    @Test
    void restore_ofADatabaseWithManyProperties_keepsThem() throws Exception {
        asSuperuser("drop database " + database);
        asSuperuser("create database " + database + " template template0 owner shop_owner encoding 'LATIN1' locale 'C'"
                + " tablespace fast connection limit 50");
        inTheDatabase("create table content as select 'current' as note");
        asSuperuser("revoke all on database " + database + " from public");
        asSuperuser("grant connect, temporary on database " + database + " to app with grant option");
        asSuperuser("set role app; grant connect on database " + database + " to report; reset role");
        asSuperuser("alter database " + database + " set search_path = \"$user\", \"Odd, \"\"Name\", public");
        asSuperuser("alter database " + database + " set statement_timeout = '5min'");
        asSuperuser("alter database " + database + " set default_transaction_read_only = on");
        asSuperuser("alter database " + database + " set app.tenant = 'it''s = 1'");
        asSuperuser("alter role report in database " + database + " set search_path = ''");
        asSuperuser("alter role report in database " + database + " set work_mem = '64MB'");
        asSuperuser("comment on database " + database + " is 'It''s the shop'");
        String before = properties(database);

        Result restored = restore(Map.of("RESTORE_DATABASE", database), dump("restored"));

        assertThat(restored.code()).as(restored.output()).isZero();
        assertThat(content(database)).isEqualTo("restored");
        assertThat(properties(database)).isEqualTo(before).contains("fast", "LATIN1", "report=c/app", "it's = 1");
        // the restored database and the previous one
        assertThat(databases()).hasSize(2);
    }

    @Test
    void restore_ofADatabaseWithDefaults_addsNothing() throws Exception {
        String before = properties(database);

        restore(Map.of("RESTORE_DATABASE", database), dump("restored"));

        assertThat(properties(database)).isEqualTo(before);
    }

    @Test
    void restore_ofADatabaseWithAnIcuLocale_keepsIt() throws Exception {
        assumeTrue(
                !Queries.superuserRows(server, "select 1 from pg_collation where collprovider = 'i' limit 1")
                        .isEmpty(),
                "the server has no ICU");
        asSuperuser("drop database " + database);
        asSuperuser("create database " + database + " template template0 encoding 'UTF8' locale 'C' locale_provider icu"
                + " icu_locale 'de-DE'");
        inTheDatabase("create table content as select 'current' as note");
        String before = properties(database);

        Result restored = restore(Map.of("RESTORE_DATABASE", database), dump("restored"));

        assertThat(restored.code()).as(restored.output()).isZero();
        assertThat(content(database)).isEqualTo("restored");
        assertThat(properties(database)).isEqualTo(before).contains("de-DE");
    }

    @Test
    void restore_thatSucceeds_namesEverythingAndGoesBack() throws Exception {
        Result restored = restore(Map.of("RESTORE_DATABASE", database), dump("restored"));

        String kept = keptDatabase();
        assertThat(restored.output().replaceAll("\\d+ kB", "N kB"))
                .isEqualTo(question("strict") + "\n"
                        + """
                        The database %1$s on %2$s is restored from %3$s.
                        The previous database is kept as %4$s (N kB).
                          To go back:    make restore KEPT='%4$s'
                          To delete it:  make psql SQL='drop database "%4$s"'"""
                                .formatted(database, address(), dump("restored"), kept));

        Result back = run(Map.of("RESTORE_DATABASE", database, "KEPT", kept));

        assertThat(back.code()).as(back.output()).isZero();
        assertThat(content(database)).isEqualTo("current");
        assertThat(databases()).hasSize(2).doesNotContain(kept);
        assertThat(run(Map.of("RESTORE_DATABASE", database, "KEPT", "postgres")).output())
                .endsWith("KEPT is 'postgres', which is not a database that an earlier restore of " + database
                        + " has kept. Kept databases: " + keptDatabase() + ". Nothing was changed.");
    }

    @ParameterizedTest
    @CsvSource({
        "production, CI, true, false",
        "Local, FORCE, 1, false",
        "local, RESTORE_DATABASE, other, false",
        "local, NONE, 1, false",
        "' ', FORCE, 1, true",
        "ci, CI, true, true"
    })
    void restore_isConfirmed_byTheNameInStrictEnvironmentsAndAlsoByForceElsewhere(
            String environment, String variable, String value, boolean confirmed) throws Exception {
        Result restored = restore(Map.of("ENVIRONMENT", environment, variable, value), dump("restored"));

        assertThat(restored.code()).as(restored.output()).isEqualTo(confirmed ? 0 : 1);
        assertThat(content(database)).isEqualTo(confirmed ? "restored" : "current");
        if (!confirmed) {
            assertThat(restored.output()).endsWith("Nothing was changed.");
            assertThat(databases()).containsExactly(database);
        }
    }

    @Test
    void restore_withoutATerminal_namesTheVariableThatConfirms() throws Exception {
        assertThat(restore(Map.of("FORCE", "1"), dump("restored")).output().replaceAll("\\d+ kB", "N kB"))
                .isEqualTo(question("strict") + "\nThere is no terminal for a confirmation. Set RESTORE_DATABASE="
                        + database + " to confirm, because FORCE=1 and CI are not sufficient in a strict environment."
                        + " Nothing was changed.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restore_onATerminal_wantsTheNameOfTheDatabase(boolean name) throws Exception {
        assumeTrue(hasProgram("script"), "script, which creates a terminal, is not installed");
        Map<String, String> environment = environment();
        environment.put("FILE", dump("restored").toString());
        String answer = name ? database : "yes";

        Result restored = script.execute(
                List.of("sh", "-c", "echo " + answer + " | script -qec 'sh " + DatabaseScript.FILE + " restore' none"),
                environment);

        assertThat(restored.output()).contains("Type the name of the database to continue: ");
        assertThat(restored.code()).as(restored.output()).isEqualTo(name ? 0 : 1);
        assertThat(content(database)).isEqualTo(name ? "restored" : "current");
    }

    @Test
    void restore_whileOthersAreConnected_endsTheirSessions() throws Exception {
        try (Connection idle = connect(database);
                Connection busy = connect(database)) {
            busy.setAutoCommit(false);
            Queries.execute(busy, "insert into content values ('not committed')");

            Result restored = restore(Map.of("RESTORE_DATABASE", database), dump("restored"));

            assertThat(restored.output()).contains("sessions: 2");
            assertThat(content(database)).isEqualTo("restored");
            assertThat(idle.isValid(1)).isFalse();
        }
    }

    @Test
    void restore_ifASessionMayNotBeEnded_changesNothing() throws Exception {
        asSuperuser("alter database " + database + " owner to " + server.user());
        try (Connection administrator = connect(database)) {
            Result restored = restore(asService("RESTORE_DATABASE", database), dump("restored"));

            assertThat(restored.code()).isEqualTo(1);
            assertThat(restored.output())
                    .contains(
                            "user postgres may not end the session of user wellhead_admin on the database " + database)
                    .endsWith("The database " + database + " was not changed.");
            assertThat(content(database)).isEqualTo("current");
            assertThat(databases()).containsExactly(database);
            assertThat(administrator.isValid(1)).isTrue();
        }
    }

    @Test
    void restore_byAUserThatMayNotCopyAProperty_namesItBeforeItRestores() throws Exception {
        asSuperuser("alter database " + database + " owner to " + server.user());
        asSuperuser("alter role " + LocalPostgres.SUPERUSER + " in database " + database + " set work_mem = '64MB'");

        Result restored = restore(asService("RESTORE_DATABASE", database), dump("restored"));

        assertThat(restored.code()).isEqualTo(1);
        assertThat(restored.output())
                .contains("alter role wellhead_admin in database " + database + "_restoring_")
                .endsWith("The user postgres cannot copy every property of the database " + database
                        + " (see above). Use a superuser, or remove the property. The database " + database
                        + " was not changed.");
        assertThat(databases()).containsExactly(database);
    }

    @Test
    void restore_thatCannotSucceed_isRefusedBeforeTheQuestion() throws Exception {
        assertThat(restore(asService("RESTORE_DATABASE", database), dump("restored"))
                        .output())
                .isEqualTo("The user postgres cannot rename the database " + database
                        + ": it belongs to wellhead_admin. Use that user, a member of it or a superuser. Nothing was"
                        + " changed.");
        asSuperuser("alter role shop_owner nocreatedb");
        asSuperuser("alter database " + database + " owner to shop_owner");
        assertThat(restore(Map.of("PGUSER", "shop_owner", "PGPASSWORD", "x"), dump("restored"))
                        .output())
                .isEqualTo("The user shop_owner cannot create a database. Run as a superuser: ALTER ROLE \"shop_owner\""
                        + " CREATEDB. Nothing was changed.");
        Path text = Files.writeString(directory.resolve("notes.txt"), "not a dump");
        assertThat(restore(Map.of("RESTORE_DATABASE", database), text).output())
                .endsWith("cannot read " + text + ". Either it is not a dump of make backup or pg_dump --format=custom,"
                        + " or a newer version of pg_dump wrote it. Nothing was changed.");
        asSuperuser("drop database " + database);
        assertThat(restore(Map.of("RESTORE_DATABASE", database), dump("restored"))
                        .output())
                .isEqualTo("The server " + address() + " has no database " + database
                        + " to replace. Create it first: createdb. Nothing was changed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1 / 0;", "copy content from stdin;\nno\tcolumn\n\\.", "\\quit"})
    void restore_ofADumpThatFails_changesNothing(String line) throws Exception {
        Path dump = dump("restored");
        Files.writeString(dump, Files.readString(dump) + line + "\n");

        Result restored = restore(Map.of("RESTORE_DATABASE", database), dump);

        assertThat(restored.code()).isEqualTo(1);
        assertThat(restored.output()).endsWith("The restore failed. The database " + database + " was not changed.");
        assertThat(content(database)).isEqualTo("current");
        assertThat(databases()).containsExactly(database);
    }

    @Test
    void restore_ifPgRestoreBreaksOff_changesNothing() throws Exception {
        script.withProgram(
                "pg_restore",
                """
                case "$*" in
                *--version*) echo 'pg_restore (PostgreSQL) 16.1' ;;
                *--list*) ;;
                *) cat; exit 1 ;;
                esac
                """);

        assertThat(restore(Map.of("RESTORE_DATABASE", database), dump("restored"))
                        .output())
                .endsWith("The restore failed. The database " + database + " was not changed.");
        assertThat(content(database)).isEqualTo("current");
        assertThat(databases()).containsExactly(database);
    }

    /** Calls of psql: 1 the facts, 2 create, 3 try the properties, 4 the dump, 5 replace, 6 the outcome. */
    @ParameterizedTest
    @CsvSource({
        "kill-before, 3",
        "kill-before, 4",
        "kill-before, 5",
        "kill-after, 5",
        "fail, 2",
        "fail, 3",
        "fail, 4",
        "fail, 5",
        "fail, 6",
        "lose, 4",
        "lose, 5",
        "terminate, 4"
    })
    void restore_interruptedAtAStep_leavesACompleteDatabaseAndCanBeRepeated(String fault, int call) throws Exception {
        interrupt(fault, call);

        Result interrupted = restore(Map.of("RESTORE_DATABASE", database), dump("restored"));

        // the answer to the rename does not matter, because the server is asked for the outcome
        boolean replaced = call == 6 || (call == 5 && !fault.equals("kill-before") && !fault.equals("fail"));
        assertThat(content(database)).as(interrupted.output()).isEqualTo(replaced ? "restored" : "current");
        int code =
                switch (fault) {
                    case "terminate" -> 143;
                    case "lose" -> call == 5 ? 0 : 1;
                    case "fail" -> 1;
                    default -> 137;
                };
        assertThat(interrupted.code()).as(interrupted.output()).isEqualTo(code);
        if (!fault.startsWith("kill") && !replaced) {
            assertThat(databases()).containsExactly(database);
        }

        if (!fault.startsWith("kill")) {
            return;
        }
        Files.delete(directory.resolve("bin/psql"));
        Result repeated = restore(Map.of("RESTORE_DATABASE", database), dump("restored again"));

        assertThat(repeated.code()).as(repeated.output()).isZero();
        assertThat(content(database)).isEqualTo("restored again");
    }

    /** Replaces psql by a script that does something else at one of its calls. */
    private void interrupt(String fault, int call) throws IOException {
        script.withProgram(
                "psql",
                """
                psql=$(PATH=${PATH#*:} command -v psql)
                case "$*" in --version) exec "$psql" --version ;; esac
                calls=%1$s/calls
                echo >>"$calls"
                [ "$(wc -l <"$calls")" = %2$d ] || exec "$psql" "$@"
                case %3$s in
                fail) exit 3 ;;
                terminate) kill "$(cat %1$s/pid)" ;;
                kill-before) kill -9 "$(cat %1$s/pid)"; exit 3 ;;
                esac
                "$psql" "$@"
                [ %3$s != kill-after ] || kill -9 "$(cat %1$s/pid)"
                exit 3
                """
                        .formatted(directory, call, fault));
    }

    private Result restore(Map<String, String> more, Path dump) throws Exception {
        Map<String, String> all = new HashMap<>(more);
        all.put("FILE", dump.toString());
        return run(all);
    }

    private Result run(Map<String, String> more) throws Exception {
        Map<String, String> environment = environment();
        environment.putAll(more);
        return script.execute(
                List.of("sh", "-c", "echo $$ >pid; exec sh " + DatabaseScript.FILE + " restore"), environment);
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "PATH",
                directory.resolve("bin") + ":" + System.getenv("PATH"),
                "WELLHEAD",
                directory.resolve("bin/wellhead").toString(),
                "INFRASTRUCTURE",
                "",
                "INFRASTRUCTURE_CLIENTS",
                directory.resolve("none").toString(),
                "DB_HOST",
                "named.by.the.environment",
                "ENVIRONMENT",
                "production",
                "PGUSER",
                LocalPostgres.SUPERUSER,
                "PGPASSWORD",
                server.superuserPassword()));
    }

    /** {@return a variable, and the login of the role for applications, which is not a superuser} */
    private static Map<String, String> asService(String name, String value) {
        return Map.of(name, value, "PGUSER", server.user(), "PGPASSWORD", server.password());
    }

    /** {@return a dump with one table. A line of its data looks like a setting that is removed} */
    private Path dump(String note) throws IOException {
        return Files.writeString(
                directory.resolve("orders.dump"),
                """
                -- a dump
                SET transaction_timeout = 0;
                create table content (note text);
                create table lines (line text);
                COPY lines FROM stdin;
                SET transaction_timeout = 0;
                \\.
                insert into content select '%s' where 1 = (select count(*) from lines);
                """
                        .formatted(note));
    }

    private String question(String rules) {
        return """
                Server:       %s
                Environment:  production (%s)
                Database:     %s (N kB, sessions: 0)
                Restore from: %s
                The database is replaced and its sessions are ended. The previous database is kept under another name."""
                .formatted(address(), rules, database, directory.resolve("orders.dump"));
    }

    private static String address() {
        return server.host() + ":" + server.port();
    }

    private static String properties(String database) throws SQLException {
        return Queries.superuserRows(server, PROPERTIES.formatted(database)).get(0);
    }

    /** {@return the database of this test and those that restores have created} */
    private List<String> databases() throws SQLException {
        return Queries.superuserRows(
                server,
                "select datname from pg_database where datname = '" + database + "' or datname like '" + database
                        + "\\_%' order by 1");
    }

    private String keptDatabase() throws SQLException {
        return databases().stream()
                .filter(name -> name.contains("_replaced_"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String content(String database) throws SQLException {
        try (Connection connection = connect(database)) {
            return Queries.rows(connection, "select * from content").get(0);
        }
    }

    private void inTheDatabase(String sql) throws SQLException {
        try (Connection connection = connect(database)) {
            Queries.execute(connection, sql);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address() + "/" + database, LocalPostgres.SUPERUSER, server.superuserPassword());
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection connection = Queries.connectAsSuperuser(server)) {
            // one statement at a time: CREATE DATABASE cannot run with others
            for (String statement : sql.split("; ", -1)) {
                Queries.execute(connection, statement);
            }
        }
    }

    private static boolean hasProgram(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + name).start().waitFor() == 0;
    }
}
