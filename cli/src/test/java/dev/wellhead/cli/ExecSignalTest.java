package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends signals to {@code exec}, which passes them to its command and deletes its temporary files. */
class ExecSignalTest {

    /** The password is configured, so {@code exec} does not connect to the server. */
    private static final Map<String, String> VARIABLES = Map.of(
            "DB_HOST", "db.example.test", "DB_NAME", "shop", "DB_USER", "app", "DB_PASSWORD", "Tr6:unmistakable");

    @TempDir
    Path directory;

    @Test
    void exec_endedByASignal_deletesItsFiles() throws Exception {
        String script = "trap 'exit 3' TERM HUP INT; echo \"$PGPASSFILE\"; echo ready; while :; do sleep 0.1; done";
        for (String signal : List.of("TERM", "HUP", "INT")) {
            try (Child child = Child.start(directory, VARIABLES, Child.exec("--passfile", "--", "sh", "-c", script))) {
                Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));

                signal(signal, child.process());

                Run run = child.end();
                assertThat(run.code()).isEqualTo(3);
                assertThat(Path.of(run.out().lines().findFirst().orElseThrow()).getParent())
                        .as(signal)
                        .doesNotExist();
            }
        }
    }

    @Test
    void exec_afterAnotherWasKilled_deletesItsFiles() throws Exception {
        String script = "echo \"$PGPASSFILE\"; echo ready; exec sleep 60";
        Path passfile;
        try (Child child = Child.start(directory, VARIABLES, Child.exec("--passfile", "--", "sh", "-c", script))) {
            Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));
            passfile = Path.of(child.out().lines().findFirst().orElseThrow());
            // the file of a running process stays
            Child.run(directory, VARIABLES, Child.exec("--passfile", "--", "true"));
            assertThat(passfile).exists();
            List<ProcessHandle> descendants = child.process().descendants().toList();
            signal("KILL", child.process());
            assertThat(child.process().waitFor()).isEqualTo(128 + 9);
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(passfile).exists();

        Child.run(directory, VARIABLES, Child.exec("--", "true"));

        assertThat(passfile.getParent()).doesNotExist();
    }

    @Test
    void termination_ofTheProcess_isPassedToTheCommandAndItsEndIsWaitedFor() throws Exception {
        try (Child child = Child.start(directory, VARIABLES, Child.execEcho("trap"))) {
            Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));

            child.process().destroy();

            Run run = child.end();
            assertThat(run.out()).isEqualTo("ready\nterminated\n");
            assertThat(run.code()).isEqualTo(42);
        }
    }

    @Test
    void interrupt_withoutATerminal_isPassedToTheCommand() throws Exception {
        String script = "trap 'echo interrupted; exit 5' INT; echo ready; while :; do sleep 0.1; done";
        try (Child child = Child.start(directory, VARIABLES, Child.exec("--", "sh", "-c", script))) {
            Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));

            signal("INT", child.process());

            Run run = child.end();
            assertThat(run.out()).isEqualTo("ready\ninterrupted\n");
            assertThat(run.code()).isEqualTo(5);
        }
    }

    /** As with {@code nohup}, and with {@code wellhead exec ... &} in a script. */
    @Test
    void signals_thatAreIgnoredAtTheStart_stayIgnored() throws Exception {
        String script = "trap 'echo hung up' HUP; trap 'echo interrupted' INT; trap 'echo terminated; exit 6' TERM;"
                + " echo ready; while :; do sleep 0.1; done";
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(Child.command(Child.exec("--", "sh", "-c", script)));
        try (Child child = Child.start(directory, VARIABLES, command)) {
            Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));

            signal("INT", child.process());
            signal("HUP", child.process());
            signal("TERM", child.process());

            Run run = child.end();
            assertThat(run.out()).isEqualTo("ready\nterminated\n");
            assertThat(run.code()).isEqualTo(6);
        }
    }

    @Test
    void hangUp_ofTheProcess_isPassedToTheCommand() throws Exception {
        String script = "trap 'echo hung up; exit 7' HUP; echo ready; while :; do sleep 0.1; done";
        try (Child child = Child.start(directory, VARIABLES, Child.exec("--", "sh", "-c", script))) {
            Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));

            signal("HUP", child.process());

            assertThat(child.end().code()).isEqualTo(7);
        }
    }

    @Test
    void signal_withoutTheProgramKill_isPassedToTheCommand() throws Exception {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        for (String name : List.of("sh", "sleep")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/bin", name));
        }
        Map<String, String> variables = new HashMap<>(VARIABLES);
        variables.put("PATH", programs.toString());
        String script = "trap 'exit 7' HUP; echo ready; while :; do sleep 0.1; done";
        try (Child child = Child.start(directory, variables, Child.exec("--", "sh", "-c", script))) {
            Await.until(Duration.ofSeconds(60), () -> child.out().contains("ready"));

            signal("HUP", child.process());

            assertThat(child.end().code()).isEqualTo(7);
        }
    }

    /** {@code kill} is a command of every shell, and a program on most systems only. */
    private static void signal(String name, Process process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
