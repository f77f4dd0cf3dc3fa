package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.faults.FaultsRun;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Injects faults while Wellhead and similar libraries run under the same load, and writes {@code docs/reliability.md}. The
 * system property {@code faults} selects faults by name, and {@code faults.rounds} is the number of rounds.
 */
final class FaultsBenchmarks {

    private static final String ALL = "all";
    private static final int ROUNDS = 3;

    private FaultsBenchmarks() {}

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        String selection = System.getProperty("faults", ALL);
        int rounds = quick ? 1 : Integer.getInteger("faults.rounds", ROUNDS);
        boolean published = selection.equals(ALL) && !quick;
        FaultsRun run = new FaultsRun(selection, rounds);
        Path benchmarks = root.resolve("benchmarks");
        Path results = Files.createDirectories(benchmarks.resolve("results").resolve("faults"));
        Path page = published ? root.resolve("docs") : results;
        String text =
                run.perform(Jvm.current().java(), benchmarks, results, page.resolve("images"), conditions(rounds));
        Files.writeString(page.resolve("reliability.md"), text);
        System.out.print(text);
    }

    private static String conditions(int rounds) throws InterruptedException {
        String usedByOthers = Machine.percent(Machine.usedByOthers());
        try (PostgresServer server = PostgresServer.start()) {
            return "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                    + Machine.current().describe() + "\n- CPU used by other processes before: "
                    + usedByOthers
                    + "\n- JVM: " + System.getProperty("java.vm.name") + " "
                    + Jvm.current().version()
                    + "\n- PostgreSQL " + server.query("SHOW server_version").get(0) + ", over loopback\n- Rounds: "
                    + rounds + "\n";
        }
    }
}
