package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.internal.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests {@code infrastructure/bin/database.sh} and the Makefile. Docker is replaced by a script that records its arguments,
 * because no Docker engine is required for the build.
 */
class DatabaseScriptTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String SCRIPT =
            ROOT.resolve("infrastructure/bin/database.sh").toString();
    private static final String COMPOSE_FILE =
            ROOT.resolve("infrastructure/docker-compose.yml").toString();

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
                server_log=$2
                print() { printf '%s\\n' "$*"; }
                . "$3"
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
                        ROOT.resolve("infrastructure/bin/embedded.sh").toString())
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

    @Test
    void embedded_onATakenPort_failsWithTheReason() throws Exception {
        try (LocalPostgres other = LocalPostgres.start()) {
            Result up = run(Map.of("INFRASTRUCTURE_PORT", Integer.toString(other.port())), "up");
            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .endsWith("Port " + other.port() + " on 127.0.0.1 is used by another PostgreSQL server. Use that"
                            + " server, stop it, or choose another port.\nThe embedded database did not start.");
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
    void backup_withAnOldClient_namesThePackageToInstall() throws Exception {
        assertThat(run(Map.of("PATH", withProgram("pg_dump", "echo 'pg_dump (PostgreSQL) 15.18 (Debian)'")), "backup"))
                .isEqualTo(new Result(
                        1,
                        "pg_dump has version 15, but the server has version 16 and needs 16 or newer. Install"
                                + " postgresql-client-16 or newer (Debian, Ubuntu: from apt.postgresql.org; macOS: brew"
                                + " install libpq)."));
    }

    @Test
    void restore_withoutAFile_printsTheUsage() throws Exception {
        assertThat(embedded("restore"))
                .isEqualTo(new Result(1, "FILE is not set. Usage: make restore FILE=infrastructure/backups/..."));
        assertThat(run(Map.of("FILE", "missing.dump"), "restore"))
                .isEqualTo(new Result(1, "The file missing.dump does not exist or is not readable."));
    }

    @Test
    void script_withAnUnknownVerbOrVariant_refuses() throws Exception {
        assertThat(embedded("start"))
                .isEqualTo(new Result(1, "Usage: database.sh up|down|status|logs|clean|psql|backup|restore"));
        assertThat(run(Map.of("INFRASTRUCTURE", "podman"), "up"))
                .isEqualTo(new Result(1, "INFRASTRUCTURE is 'podman'. Use one of: docker, embedded."));
    }

    @Test
    void docker_fromUpToClean_isCalledWithTheComposeFile() throws Exception {
        Map<String, String> docker = withDocker();
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
        String compose = "compose --file " + COMPOSE_FILE + " ";
        assertThat(dockerCalls())
                .containsExactly(
                        compose + "up --detach --wait",
                        compose + "logs --tail=100",
                        compose + "down",
                        compose + "down --volumes",
                        "exec --interactive --env PGUSER=postgres monorepo-postgres psql --no-psqlrc"
                                + " --set=ON_ERROR_STOP=1 --dbname=monorepo_dev --command=select 'a b'");
    }

    @Test
    void make_withoutATarget_listsTheTargets() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v make").start().waitFor() == 0, "make is not installed");
        Result help = execute(List.of("make", "--no-print-directory", "--directory=" + ROOT), Map.of());
        assertThat(help.output().lines().map(line -> line.strip().split(" ", 2)[0]))
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
        Map<String, String> database = environmentWith("pg_dump", "echo the dump");

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

    @Test
    void backup_thatFails_leavesNoFile() throws Exception {
        Result backup = run(environmentWith("pg_dump", "echo half; exit 1"), "backup");

        assertThat(backup).isEqualTo(new Result(1, "The backup failed."));
        assertThat(directory.resolve("backups")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("backups"))))
                .isEqualTo("rwx------");
    }

    private record Result(int code, String output) {}

    /** {@return the environment of a database that the environment names, with this client program} */
    private Map<String, String> environmentWith(String name, String script) throws IOException {
        String version = "[ \"$1\" != --version ] || { echo '" + name + " (PostgreSQL) 16.1'; exit; }\n";
        String path = withProgram(name, version + script);
        withProgram("wellhead", "shift 2; PGDATABASE=orders exec \"$@\"");
        return Map.of(
                "PATH",
                path,
                "WELLHEAD",
                directory.resolve("bin/wellhead").toString(),
                "INFRASTRUCTURE",
                "",
                "DB_HOST",
                "db.example",
                "INFRASTRUCTURE_BACKUPS",
                directory.resolve("backups").toString());
    }

    private Result embedded(String verb) throws Exception {
        return run(Map.of(), verb);
    }

    private Result run(Map<String, String> environment, String verb) throws Exception {
        return runWith(environment, Map.of(), verb);
    }

    private Result runWith(Map<String, String> environment, Map<String, String> more, String verb) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "INFRASTRUCTURE", "embedded",
                "INFRASTRUCTURE_PORT", "0",
                "INFRASTRUCTURE_DATA", directory.resolve("data").toString(),
                "INFRASTRUCTURE_CLASSPATH", System.getProperty("java.class.path"),
                "FOLLOW", "0"));
        all.putAll(environment);
        all.putAll(more);
        return execute(List.of("sh", SCRIPT, verb), all);
    }

    private Result execute(List<String> command, Map<String, String> environment) throws Exception {
        // the usual mask, with which a file that a shell creates is readable by everybody
        List<String> masked = new ArrayList<>(List.of("sh", "-c", "umask 022; exec \"$@\"", "sh"));
        masked.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(masked).directory(directory.toFile()).redirectErrorStream(true);
        for (String inherited : List.of("CI", "FORCE", "FILE", "SQL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")) {
            builder.environment().remove(inherited);
        }
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        // reads to the end, which checks that a server in the background does not keep the pipe open
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output.strip());
    }

    private Map<String, String> withDocker() throws IOException {
        String path = withProgram(
                "docker",
                """
                case "$1 ${2:-}" in
                "info "*) ;;
                "compose version") ;;
                "inspect "*) echo true ;;
                *) echo "$*" >>"%s" ;;
                esac
                """
                        .formatted(directory.resolve("docker.calls")));
        return Map.of("PATH", path, "INFRASTRUCTURE", "");
    }

    private List<String> dockerCalls() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("docker.calls"))) {
            return lines.toList();
        }
    }

    private String withProgram(String name, String script) throws IOException {
        Path programs = Files.createDirectories(directory.resolve("bin"));
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs + ":" + System.getenv("PATH");
    }
}
