package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitScriptsTest {

    private static LocalPostgres server;
    private static int number;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() throws IOException {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void directory_ofScripts_runsThemInTheOrderOfTheirNames() throws Exception {
        write("10-last.sql", "insert into log select 'last', current_user from first");
        write(
                "1-first.sql",
                "create table log (line text, who name); create table first (); insert into first default values");
        write("B.sql", "insert into log values ('B', current_user)");
        write("a.sql", "insert into log values ('a', current_user)");
        write("README.md", "not SQL");
        Files.createDirectory(directory.resolve("more.sql"));

        String database = create(directory.toString());

        assertThat(rows(database, "select line, who from log")).containsExactly("last app", "B app", "a app");
    }

    @Test
    void locations_several_runInTheirOrder() throws Exception {
        Path tables = write("z.sql", "create table t (i int)");
        Path more = Files.createDirectory(directory.resolve("more"));
        Files.writeString(more.resolve("a.sql"), "insert into t values (7);");

        String database = create(tables.toString(), more.toString());

        assertThat(rows(database, "select i from t")).containsExactly("7");
    }

    @Test
    void classPath_directoryAndJar_areFound() throws Exception {
        Files.createDirectories(directory.resolve("classes/db/init"));
        Files.writeString(directory.resolve("classes/db/init/2.sql"), "insert into t values (2);");
        Path jar = directory.resolve("scripts.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : List.of("db/", "db/init/", "db/init/1.sql", "db/init/deep/", "db/init/deep/3.sql")) {
                entries.putNextEntry(new JarEntry(name));
                if (name.endsWith("1.sql")) {
                    entries.write("create table t (i int);".getBytes(UTF_8));
                }
                entries.closeEntry();
            }
        }
        URL[] classPath = {
            directory.resolve("classes/").toUri().toURL(), jar.toUri().toURL()
        };
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(rows(create("classpath:db/init"), "select i from t")).containsExactly("2");
            assertThat(rows(create("classpath:/db/init/1.sql"), "select count(*) from t"))
                    .containsExactly("0");
            assertFails("classpath:db/initt")
                    .hasMessage("there is no 'db/initt' on the class path. Correct the location of the init scripts. If"
                            + " it is in a jar file without entries for directories, list the files:"
                            + " classpath:db/initt/<file>.sql");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void script_withSyntaxThatNeedsAParser_isRunAsPsqlDoes() throws Exception {
        write(
                "all.sql",
                """
                \\set ON_ERROR_STOP on
                \\restrict a1b2
                -- a comment; with a semicolon
                create table t (line text); /* another; /* nested; */ */
                insert into t values ('one; ''two'''), (E'three\\';'), ($$four;$$), ($x$five; $$ $x$);
                create function f() returns int begin atomic select case when true then 1 else 2 end; select 6; end;
                create function g() returns int language plpgsql as $$ begin return 7; end $$;
                insert into t select f() union all select g();
                copy t (line) from stdin;
                eight; \\\\ nine
                '"
                \\.
                create table "semi;colon" ();
                create rule r as on insert to "semi;colon" do also (insert into t values ('r1'); insert into t values ('r2'));
                vacuum t;
                insert into t values ('last')
                """);

        String database = create(directory.toString());

        assertThat(rows(database, "select line from t order by line"))
                .containsExactlyInAnyOrder(
                        "one; 'two'", "three';", "four;", "five; $$ ", "6", "7", "eight; \\ nine", "'\"", "last");
    }

    @Test
    void script_thatFails_namesTheFileAndTheLineAndLeavesNoDatabase() throws Exception {
        Path file = write("02-bad.sql", "create table good ();\n\ncreate table other (\n  i int,\n  j tabel\n);\n");
        assertFails(directory.toString())
                .hasMessage("init script " + file + ", line 5: ERROR: type \"tabel\" does not exist");
        assertThat(Queries.rows(server, "select count(*) from pg_database where datname = 'failing'"))
                .containsExactly("0");
    }

    @Test
    void script_thatFailsInTheDatabaseOfInitdb_canRunAgain() throws Exception {
        Path file = write("init.sql", "create table t ();\nwrong");
        assertThatThrownBy(() -> server.createDatabase("postgres", "app", file.toString()))
                .isInstanceOf(InitScriptException.class)
                .hasMessage("init script " + file + ", line 2: ERROR: syntax error at or near \"wrong\"");

        write("init.sql", "create table t ()");
        server.createDatabase("postgres", "app", file.toString());

        assertThat(rows("postgres", "select tableowner from pg_tables where tablename = 't'"))
                .containsExactly("app");
    }

    @Test
    void script_thatFailsWithoutAPosition_namesTheLineOfTheStatement() throws Exception {
        Path file = write(
                "bad.sql", "-- ä 🙂\ncreate table t (i int primary key);\n\n  insert into t values\n (1), (1);\n");
        assertFails(directory.toString())
                .hasMessage("init script " + file
                        + ", line 4: ERROR: duplicate key value violates unique constraint \"t_pkey\"\n"
                        + "  Detail: Key (i)=(1) already exists.");
    }

    @Test
    void script_withAPosition_countsCharactersAndNotBytes() throws Exception {
        Path file = write("bad.sql", "select '🙂🙂🙂',\n 'ä',\n missing;");
        assertFails(directory.toString())
                .hasMessage("init script " + file + ", line 3: ERROR: column \"missing\" does not exist");
    }

    @Test
    void script_withACommandOfPsql_isRefusedWithTheLine() throws Exception {
        Path file = write("psql.sql", "create table t ();\n\\connect other\n");
        assertFails(directory.toString())
                .hasMessage("init script " + file
                        + ", line 2: '\\connect' is a command of psql. Init scripts may contain SQL"
                        + " only: remove it, or write the statement that it stands for.");
    }

    @Test
    void script_inAnotherEncoding_isRefused() throws Exception {
        Path file = directory.resolve("latin.sql");
        Files.write(file, "select 'ä'".getBytes(ISO_8859_1));
        assertFails(directory.toString()).hasMessage("init script " + file + " is not in UTF-8.");
    }

    @Test
    void location_thatDoesNotExist_isNamed() {
        Path missing = directory.resolve("missing");
        assertFails(missing.toString())
                .hasMessage("there is no directory or file " + missing + ". Correct the location of the init scripts, '"
                        + missing + "', or put classpath: before it if they are on the class path.");
    }

    @Test
    void location_withoutScripts_isRefused() {
        assertFails(directory.toString())
                .hasMessage(
                        "'" + directory + "' contains no file whose name ends in .sql. Correct the location of the init"
                                + " scripts, or remove it.");
    }

    @Test
    void location_withAShellScript_isRefusedBecauseItWouldNotRun() throws Exception {
        write("1.sql", "select 1");
        write("2.sh", "psql");
        assertFails(directory.toString())
                .hasMessage("'" + directory
                        + "' contains 2.sh. Init scripts must be uncompressed SQL files (*.sql). Move it"
                        + " to another directory, or list the files to run.");
    }

    @Test
    void file_thatIsNoScript_isRefused() throws Exception {
        Path file = write("notes.txt", "");
        assertFails(file.toString())
                .hasMessage(file + " is not an init script, because its name does not end in .sql.");
    }

    private Path write(String name, String sql) throws IOException {
        return Files.writeString(directory.resolve(name), sql);
    }

    private static String create(String... locations) throws IOException {
        String database = "scripted_" + number++;
        server.createDatabase(database, "app", locations);
        return database;
    }

    private static AbstractThrowableAssert<?, ?> assertFails(String location) {
        return assertThatThrownBy(() -> server.createDatabase("failing", "app", location))
                .isInstanceOf(InitScriptException.class);
    }

    private static List<String> rows(String database, String sql) throws Exception {
        try (Connection connection =
                DriverManager.getConnection(server.jdbcUrl(database), "app", server.passwordOf("app"))) {
            return Queries.rows(connection, sql);
        }
    }
}
