package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.DatabaseScript.Result;
import dev.wellhead.embedded.internal.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests {@code infrastructure/bin/database.sh} and the Makefile. Docker is replaced by a script that records its arguments,
 * because no Docker engine is required for the build.
 */
class DatabaseScriptTest {

    @TempDir
    Path directory;

    @BeforeEach
    void needsAShell() throws IOException {
        assumeFalse(Platform.current().isWindows(), "Windows has no POSIX shell of its own");
        EnterableDirectory.open(directory);
    }

    @AfterEach
    void stopTheServer() throws Exception {
        if (Files.exists(directory.resolve("data/server.pid"))) {
            embedded("down");
        }
    }

    @Test
    void embedded_firstStart_printsEachStepOnce() throws Exception {
        Path log = directory.resolve("server.log");
        Files.writeString(log, "Preparing PostgreSQL 16 (once, about 100 MB in /cache).\n");
        String script =
                """
                infrastructure=$1
                print() { printf '%s\\n' "$*"; }
                . "$3"
                server_log=$2
                set -eu
                reported=0
                embedded_progress
                echo one
                embedded_progress
                echo two
                echo 'Preparing the initial data of PostgreSQL 16 (once).' >>"$server_log"
                embedded_progress
                """;
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        "sh",
                        directory.toString(),
                        log.toString(),
                        DatabaseScript.ROOT
                                .resolve("infrastructure/bin/embedded.sh")
                                .toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), UTF_8);

        assertThat(output)
                .isEqualTo(
                        """
                        Preparing PostgreSQL 16 (once, about 100 MB in /cache).
                        one
                        two
                        Preparing the initial data of PostgreSQL 16 (once).
                        """);
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void embedded_fromUpToClean_reportsEveryStep() throws Exception {
        assertThat(embedded("status")).isEqualTo(new Result(0, "embedded: not running"));
        Result up = embedded("up");
        assertThat(up.code()).as(up.output()).isZero();
        String address = "without Docker \\(process (\\d+)\\): localhost:(\\d+), database monorepo_dev, user postgres,"
                + " password postgres\\.";
        assertThat(up.output())
                .matches("(?s)(Building infrastructure/embedded-server \\.\\.\\.\n)?(Preparing [^\n]+\n)*"
                        + "PostgreSQL 16 is running "
                        + address);
        assertThat(embedded("up").output()).matches("PostgreSQL 16 is already running " + address);
        assertThat(embedded("status").output())
                .matches("embedded: running on localhost:\\d+, process \\d+, data in "
                        + Pattern.quote(directory.resolve("data/postgresql").toString()));
        assertThat(embedded("logs").output()).contains("database system is ready to accept connections");
        restoreIfPsqlIsInstalled();
        assertThat(embedded("down"))
                .isEqualTo(new Result(
                        0,
                        "The embedded database has stopped. Its data is kept in "
                                + directory.resolve("data/postgresql")));
        assertThat(directory.resolve("data/postgresql/data/postmaster.pid")).doesNotExist();
        assertThat(embedded("down")).isEqualTo(new Result(0, "The embedded database is not running."));
        assertThat(embedded("clean").code()).isEqualTo(1);
        assertThat(directory.resolve("data/postgresql")).exists();
        assertThat(run(Map.of("FORCE", "1"), "clean"))
                .isEqualTo(new Result(
                        0, "The database in " + directory.resolve("data/postgresql") + " has been deleted."));
        assertThat(directory.resolve("data")).doesNotExist();
    }

    /** The role postgres, which is not a superuser, has every right that a restore needs. */
    private void restoreIfPsqlIsInstalled() throws Exception {
        if (new ProcessBuilder("sh", "-c", "command -v psql").start().waitFor() == 0) {
            Path dump = Files.writeString(directory.resolve("local.dump"), "create table restored (id int);");
            String path = withProgram("pg_restore", client("pg_restore", 16, "cat"));

            Result restored = run(Map.of("PATH", path, "FORCE", "1", "FILE", dump.toString()), "restore");

            assertThat(restored.output())
                    .contains("Environment:  local (embedded)\nDatabase:     monorepo_dev (")
                    .containsPattern("The database monorepo_dev on localhost:\\d+ is restored from " + dump);
            assertThat(runWith(Map.of("PATH", path), Map.of("SQL", "table restored"), "psql")
                            .output())
                    .contains("(0 rows)");
        }
    }

    @Test
    void embedded_onATakenPort_failsWithTheReason() throws Exception {
        try (LocalPostgres other = LocalPostgres.start()) {
            Result up = run(Map.of("INFRASTRUCTURE_PORT", Integer.toString(other.port())), "up");
            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .endsWith("Port " + other.port() + " on 127.0.0.1 is used by another PostgreSQL server. Use that"
                            + " server, stop it, or choose another port.\nTo use another port, set INFRASTRUCTURE_PORT, and"
                            + " DB_PORT for your programs.\nThe embedded database did not start.");
            assertThat(embedded("status").output()).isEqualTo("embedded: not running");
        }
    }

    @Test
    void embedded_withThePidFileOfAnotherProgram_doesNotStopIt() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(
                directory.resolve("data/server.pid"),
                Long.toString(ProcessHandle.current().pid()));
        assertThat(embedded("down")).isEqualTo(new Result(0, "The embedded database is not running."));
    }

    @Test
    void embedded_notRunning_namesTheCommandToStartIt() throws Exception {
        assertThat(run(Map.of("PATH", withProgram("psql", "echo 'psql (PostgreSQL) 16.1'")), "psql"))
                .isEqualTo(new Result(1, "The database is not running. Start it: make infrastructure-up"));
    }

    @Test
    void backup_withAClientOlderThanTheServer_namesTheCommandsThatInstallOne() throws Exception {
        Map<String, String> database = environmentWith("pg_dump", 15, "echo the dump", 17);

        assertThat(run(database, "backup"))
                .isEqualTo(
                        new Result(
                                1,
                                """
                        pg_dump has version 15, but the server has version 17, and pg_dump cannot read a newer server.
                        Install PostgreSQL's client programs, version 17 or newer. As root:
                          Debian, Ubuntu:  apt-get install --yes ca-certificates postgresql-common
                                           /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y
                                           apt-get install --yes postgresql-client-17
                          Alpine:          apk add postgresql17-client
                        As your own user:
                          macOS:           brew install postgresql@17
                        Other systems: https://www.postgresql.org/download/"""));
        assertThat(directory.resolve("backups")).doesNotExist();
    }

    @Test
    void backup_ofAnOlderServer_usesTheClientOnThePath() throws Exception {
        Map<String, String> database = environmentWith("pg_dump", 15, "echo the dump", 14);

        assertThat(Path.of(run(database, "backup").output())).hasContent("the dump");
    }

    @Test
    void backup_withASecondClientThatIsNewEnough_usesThatOne() throws Exception {
        Map<String, String> database = environmentWith("pg_dump", 15, "echo too old", 16);
        Path newer = directory.resolve("postgresql-16");
        new DatabaseScript(newer).withProgram("pg_dump", client("pg_dump", 16, "echo the dump"));

        Result backup = runWith(
                database, Map.of("INFRASTRUCTURE_CLIENTS", newer.resolve("b*").toString()), "backup");

        assertThat(Path.of(backup.output())).hasContent("the dump");
    }

    @Test
    void restore_withoutAFile_printsTheUsage() throws Exception {
        assertThat(embedded("restore"))
                .isEqualTo(new Result(1, "FILE is not set. Usage: make restore FILE=infrastructure/backups/..."));
        assertThat(run(Map.of("FILE", "missing.dump", "KEPT", "monorepo_dev_replaced_1"), "restore"))
                .isEqualTo(new Result(1, "FILE and KEPT are both set. Use one of them."));
        assertThat(run(Map.of("FILE", "missing.dump"), "restore"))
                .isEqualTo(new Result(1, "The file missing.dump does not exist or is not readable."));
    }

    @Test
    void script_withAnUnknownVerbOrVariant_refuses() throws Exception {
        assertThat(embedded("start"))
                .isEqualTo(new Result(1, "Usage: database.sh up|down|status|logs|clean|variables|psql|backup|restore"));
        assertThat(run(Map.of("INFRASTRUCTURE", "podman"), "up"))
                .isEqualTo(new Result(1, "INFRASTRUCTURE is 'podman'. Use one of: docker, embedded."));
    }

    @Test
    void docker_fromUpToClean_isCalledWithTheComposeFile() throws Exception {
        Map<String, String> docker = script().withDocker("monorepo-postgres");
        assertThat(run(docker, "up"))
                .isEqualTo(new Result(
                        0,
                        "PostgreSQL 16 is running in Docker: localhost:5432, database monorepo_dev, user postgres,"
                                + " password postgres."));
        assertThat(run(docker, "status")).isEqualTo(new Result(0, "docker: monorepo-postgres is true"));
        assertThat(run(docker, "logs").code()).isZero();
        assertThat(run(docker, "down").code()).isZero();
        assertThat(run(docker, "clean").code()).isEqualTo(1);
        assertThat(runWith(docker, Map.of("FORCE", "1"), "clean").code()).isZero();
        assertThat(runWith(docker, Map.of("SQL", "select 'a b'"), "psql").code())
                .isZero();
        String compose = DatabaseScript.composeWithEveryProfile();
        assertThat(script().dockerCalls())
                .containsExactly(
                        "compose --file " + DatabaseScript.COMPOSE_FILE + " up --detach --wait",
                        compose + " logs --tail=100",
                        compose + " down",
                        compose + " down --volumes",
                        "exec --interactive --env PGUSER=postgres monorepo-postgres psql --no-psqlrc"
                                + " --set=ON_ERROR_STOP=1 --dbname=monorepo_dev --command=select 'a b'");
    }

    @Test
    void scripts_passShellcheck() throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v shellcheck").start().waitFor() == 0,
                "shellcheck is not installed");
        assertThat(script().execute(
                                List.of(
                                        "sh",
                                        "-c",
                                        "shellcheck " + DatabaseScript.ROOT.resolve("infrastructure/bin") + "/*.sh"),
                                Map.of()))
                .isEqualTo(new Result(0, ""));
    }

    @Test
    void make_withoutATarget_listsTheTargets() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v make").start().waitFor() == 0, "make is not installed");
        Result help = script().execute(
                        List.of("make", "--no-print-directory", "--directory=" + DatabaseScript.ROOT), Map.of());
        assertThat(help.output())
                .endsWith(
                        "\n\nSERVICES: some of cache, queue, rabbitmq, storage, search, pooler, metrics. Only rabbitmq and"
                                + " Grafana need Docker.\npsql, backup and restore use the local database, or that of DATABASE_URL, DB_HOST or"
                                + " DB_SECRET_ID.");
        assertThat(help.output().lines()).allMatch(line -> line.length() <= 120);
        assertThat(help.output().lines().takeWhile(line -> !line.isEmpty()).map(line -> line.strip()
                        .split(" ", 2)[0]))
                .containsExactly(
                        "help",
                        "dev",
                        "run",
                        "test",
                        "format",
                        "benchmarks",
                        "infrastructure-up",
                        "infrastructure-down",
                        "infrastructure-status",
                        "infrastructure-logs",
                        "infrastructure-clean",
                        "psql",
                        "backup",
                        "restore");
    }

    @Test
    void backup_intoADirectoryThatExists_isReadableByItsOwnerOnly() throws Exception {
        Path backups = Files.createDirectories(directory.resolve("backups"));
        EnterableDirectory.open(backups);
        Map<String, String> database = environmentWith("pg_dump", 16, "echo the dump", 16);

        Result backup = run(database, "backup");

        assertThat(backup.code()).as(backup.output()).isZero();
        Path dump = Path.of(backup.output());
        assertThat(dump).hasContent("the dump").hasParent(backups);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(backups)) {
            assertThat(files).containsExactly(dump);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATABASE_URL",
                "DATABASE_URL_FILE",
                "DB_HOST_FILE",
                "DB_SECRET_ID",
                "DB_SECRET_FILE",
                "SERVICE_BINDING_ROOT"
            })
    void backup_ifAVariableNamesTheDatabase_isOfThatDatabase(String variable) throws Exception {
        Map<String, String> database = environmentWith("pg_dump", 16, "echo the dump", 16);

        Result backup = runWith(database, Map.of("DB_HOST", "", variable, "set"), "backup");

        assertThat(Path.of(backup.output()).getFileName().toString()).startsWith("orders-");
    }

    @Test
    void backup_thatFails_leavesNoFile() throws Exception {
        Result backup = run(environmentWith("pg_dump", 16, "echo half; exit 1", 16), "backup");

        assertThat(backup).isEqualTo(new Result(1, "The backup failed."));
        assertThat(directory.resolve("backups")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("backups"))))
                .isEqualTo("rwx------");
    }

    /** {@return the variables for a database that they name, with this client program and version of the server} */
    private Map<String, String> environmentWith(String name, int version, String program, int server)
            throws IOException {
        String path = withProgram(name, client(name, version, program));
        withProgram("psql", client("psql", version, "echo " + server + "0003"));
        withProgram("wellhead", "shift 2; PGDATABASE=orders exec \"$@\"");
        return Map.of(
                "PATH",
                path,
                "WELLHEAD",
                directory.resolve("bin/wellhead").toString(),
                "INFRASTRUCTURE",
                "",
                "INFRASTRUCTURE_CLIENTS",
                directory.resolve("none").toString(),
                "DB_HOST",
                "db.example",
                "INFRASTRUCTURE_BACKUPS",
                directory.resolve("backups").toString());
    }

    private static String client(String name, int version, String program) {
        return "[ \"$1\" != --version ] || { echo '" + name + " (PostgreSQL) " + version + ".1'; exit; }\n" + program;
    }

    private Result embedded(String verb) throws Exception {
        return run(Map.of(), verb);
    }

    private Result run(Map<String, String> environment, String verb) throws Exception {
        return runWith(environment, Map.of(), verb);
    }

    private Result runWith(Map<String, String> environment, Map<String, String> more, String verb) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return script().run(all, verb);
    }

    private String withProgram(String name, String program) throws IOException {
        return script().withProgram(name, program);
    }

    private DatabaseScript script() {
        return new DatabaseScript(directory);
    }
}
