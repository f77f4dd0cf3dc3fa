package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** What {@code doctor} shows while servers do not answer, and how long it takes. */
class DoctorStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Map<String, String> to(FaultProxy... proxies) {
        Map<String, String> variables = new HashMap<>();
        String[] hosts = new String[proxies.length];
        String[] ports = new String[proxies.length];
        for (int i = 0; i < proxies.length; i++) {
            hosts[i] = proxies[i].host();
            ports[i] = Integer.toString(proxies[i].port());
        }
        variables.put("DB_HOST", String.join(",", hosts));
        variables.put("DB_PORT", String.join(",", ports));
        variables.put("DB_NAME", "postgres");
        variables.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        variables.put("DB_CONNECT_TIMEOUT", "60s");
        variables.put("DB_CONNECTION_TIMEOUT", "120s");
        return variables;
    }

    private int run(Terminal terminal, Map<String, String> variables, String... arguments) {
        CommandContext context = new CommandContext(
                variables,
                name -> SettingsRequest.of(name, variables),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                terminal);
        return WellheadCommand.commandLine(context).execute(arguments);
    }

    @Test
    void stages_beforeAServerThatHangs_areVisibleWhileItHangs() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(PostgresServer.shared())) {
            proxy.blackHole();
            CompletableFuture<Integer> doctor =
                    CompletableFuture.supplyAsync(() -> run(Terminal.PIPE, to(proxy), "doctor"));

            Await.until(PATIENCE, () -> out.toString().contains("ok    dns"));
            assertThat(doctor).isNotDone();
            assertThat(out.toString()).contains("ok    settings", "ok    credentials", "\n" + proxy.host() + ":");

            // a connection that is opened only now must not hang
            proxy.pass();
            proxy.resetAll();
            assertThat(doctor.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isIn(0, 75);
            assertThat(err.toString()).as("no running line in a pipe").isEmpty();
        }
    }

    @Test
    void runningLine_onATerminal_namesTheStageAndIsErasedAtTheEnd() throws Exception {
        Terminal terminal = new Terminal(true, Ansi.OFF, 100);
        try (FaultProxy proxy = FaultProxy.to(PostgresServer.shared())) {
            proxy.blackHole();
            int code = run(terminal, to(proxy), "doctor", "--timeout", "3s");

            assertThat(code).isEqualTo(124);
            assertThat(err.toString())
                    .contains("\r\u001b[KTesting tcp on " + proxy.host() + ":" + proxy.port() + " ...")
                    .endsWith("\r\u001b[K");
        }
    }

    @Test
    void runningLine_onADumbTerminal_isNotShown() {
        Terminal dumb = new Terminal(true, Ansi.OFF, 100, false);

        run(dumb, Map.of("DB_SSLMODE", "yes"), "doctor");

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void timeout_whileAServerHangs_endsWithWhatIsKnown() {
        try (FaultProxy proxy = FaultProxy.to(PostgresServer.shared())) {
            proxy.blackHole();
            Map<String, String> variables = to(proxy);

            assertThat(run(Terminal.PIPE, variables, "doctor", "-t", "3s")).isEqualTo(124);
            assertThat(out.toString().lines())
                    .contains(
                            "Not tested because the time was up during tcp on " + proxy.host() + ":" + proxy.port()
                                    + ": tcp, tls, authentication, database, role, version, pooler, headroom, clock, round_trip.")
                    .last()
                    .isEqualTo("TIMED OUT: the time was up during tcp on " + proxy.host() + ":" + proxy.port() + ".");
        }
    }

    /** One after the other, the run would take at least as long as its stages together. */
    @Test
    void servers_thatDoNotAnswer_areTestedInParallel() {
        try (FaultProxy one = FaultProxy.to(PostgresServer.shared());
                FaultProxy two = FaultProxy.to(PostgresServer.shared());
                FaultProxy three = FaultProxy.to(PostgresServer.shared())) {
            one.blackHole();
            two.blackHole();
            three.blackHole();
            Map<String, String> variables = to(one, two, three);
            variables.put("DB_CONNECT_TIMEOUT", "2s");

            long start = System.nanoTime();
            Run run = Run.piped(variables, "doctor", "--json");
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(run.code()).isEqualTo(75);
            long together = 0;
            for (JsonElement element : run.json().getAsJsonArray("stages")) {
                JsonObject stage = element.getAsJsonObject();
                together += stage.get("milliseconds").isJsonNull()
                        ? 0
                        : stage.get("milliseconds").getAsLong();
            }
            assertThat(took).isLessThan(Duration.ofMillis(together));
            assertThat(run.json().getAsJsonArray("stages").asList().stream()
                            .map(JsonElement::getAsJsonObject)
                            .filter(stage -> stage.get("status").getAsString().equals("failed"))
                            .map(stage -> stage.get("server").getAsString()))
                    .containsExactlyElementsOf(List.of(
                            one.host() + ":" + one.port(),
                            two.host() + ":" + two.port(),
                            three.host() + ":" + three.port()));
        }
    }

    @Test
    void interrupt_whileAServerHangs_printsWhatIsKnown(@TempDir Path directory) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(PostgresServer.shared());
                Child child = Child.start(directory, to(proxy), "doctor")) {
            proxy.blackHole();
            Await.until(PATIENCE, () -> child.out().contains("ok    dns"));

            new ProcessBuilder("sh", "-c", "kill -s INT " + child.process().pid())
                    .start()
                    .waitFor();

            Run run = child.end();
            assertThat(run.code()).isEqualTo(130);
            assertThat(run.out().lines().toList())
                    .last()
                    .asString()
                    .startsWith("INTERRUPTED: the command was interrupted during ");
        }
    }
}
