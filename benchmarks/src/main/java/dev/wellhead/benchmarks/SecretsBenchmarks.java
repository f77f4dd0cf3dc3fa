package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares libraries that read AWS Secrets Manager: the time to the first row, and the effects of a rotation on a service. All
 * of them use the same local replacement of Secrets Manager, which has versions and staging labels.
 */
final class SecretsBenchmarks {

    private static final String FIRST_ROW = "dev.wellhead.benchmarks.load.FirstRow";
    private static final String SECRET = "prod/ledger";
    /** The highest acceptable ratio of the first row, for a plain start and for one with a class-data archive. */
    private static final double TARGET = 0.80;

    private static final double TARGET_WITH_ARCHIVE = 0.85;

    private static final int WARM_UP_RUNS = 2;
    private static final int RUNS = 15;
    private static final int QUICK_RUNS = 5;
    private static final List<Integer> GAPS_SECONDS = List.of(3, 20, 60);

    private final boolean quick;
    private final Path directory;
    private final PostgresServer server;
    private final SecretsManagerServer store;
    private final SecretsLibrary wellhead;
    private final SecretsLibrary peer;
    private final SecretsLibrary wrapper;
    private final SecretsReport report = new SecretsReport();

    private SecretsBenchmarks(Path root, boolean quick, PostgresServer server, SecretsManagerServer store)
            throws IOException {
        Path benchmarks = root.resolve("benchmarks");
        this.quick = quick;
        this.directory = Files.createDirectories(benchmarks.resolve("results").resolve("secrets"));
        this.server = server;
        this.store = store;
        this.wellhead = SecretsLibrary.of("Wellhead", benchmarks, "wellhead");
        this.peer = SecretsLibrary.of("aws-secretsmanager-jdbc 2.1.1", benchmarks, "secretsmanager-jdbc");
        this.wrapper = SecretsLibrary.of("aws-advanced-jdbc-wrapper 4.3.0", benchmarks, "advanced-jdbc-wrapper");
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        double before = Machine.usedByOthers();
        try (PostgresServer server = PostgresServer.builder()
                        .setting("max_connections", "200")
                        .start();
                SecretsManagerServer store = SecretsManagerServer.start()) {
            SecretsBenchmarks benchmarks = new SecretsBenchmarks(root, quick, server, store);
            benchmarks.report.begin(
                    Math.max(before, 0), server.query("show server_version").get(0));
            benchmarks.weigh();
            benchmarks.firstRow();
            benchmarks.rotate();
            String text = benchmarks.report.text();
            if (!quick) {
                Files.writeString(root.resolve("docs").resolve("benchmarks-secrets.md"), text);
            }
            System.out.print(text);
        }
    }

    private void weigh() throws IOException {
        report.weight(List.of(wellhead, peer, wrapper));
    }

    private void firstRow() throws IOException, InterruptedException {
        Jvm current = Jvm.current();
        List<StartUp> startUps = new ArrayList<>(List.of(StartUp.plain(current), StartUp.appCds(current)));
        Jvm.withAotCache().ifPresent(newer -> startUps.addAll(List.of(StartUp.plain(newer), StartUp.aotCache(newer))));
        Map<String, String> environment = environment();
        store.put(
                SECRET,
                "{\"engine\":\"postgres\",\"host\":\"" + server.host() + "\",\"port\":" + server.port()
                        + ",\"dbname\":\"postgres\",\"username\":\"" + PostgresServer.SUPERUSER + "\",\"password\":\""
                        + PostgresServer.SUPERUSER_PASSWORD + "\"}");
        List<SecretsLibrary> libraries = List.of(wellhead, peer, wrapper);
        for (StartUp startUp : startUps) {
            List<List<String>> commands = new ArrayList<>();
            List<List<Double>> times = new ArrayList<>();
            for (SecretsLibrary library : libraries) {
                commands.add(prepare(startUp, library, environment));
                times.add(new ArrayList<>());
            }
            for (int run = -WARM_UP_RUNS; run < (quick ? QUICK_RUNS : RUNS); run++) {
                for (int i = 0; i < libraries.size(); i++) {
                    ProgramRun ran = ProgramRun.of(commands.get(i), environment, log(libraries.get(i)));
                    if (run >= 0) {
                        times.get(i).add(ran.firstRow());
                    }
                }
            }
            report.firstRow(
                    "Java " + startUp.jvm().feature() + ", " + startUp.name(),
                    startUp.training() == null ? TARGET : TARGET_WITH_ARCHIVE,
                    new Samples(times.get(0)),
                    new Samples(times.get(1)),
                    new Samples(times.get(2)));
        }
    }

    private List<String> prepare(StartUp startUp, SecretsLibrary library, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path archive = directory.resolve(fileName(library) + "-" + startUp.jvm().feature() + "."
                + startUp.name().replace(' ', '-'));
        Files.deleteIfExists(archive);
        if (startUp.training() != null) {
            ProgramRun.of(startUp.trainingCommand(archive, library.classPath(), FIRST_ROW), environment, log(library));
        }
        return startUp.command(archive, library.classPath(), FIRST_ROW);
    }

    private void rotate() throws IOException, InterruptedException {
        for (int gap : quick ? GAPS_SECONDS.subList(0, 1) : GAPS_SECONDS) {
            for (SecretsLibrary library : List.of(wellhead, peer, wrapper)) {
                RotationLoad load = new RotationLoad(server, store, SECRET, environment(), log(library));
                report.rotation(library.name(), gap, load.run(library, gap));
            }
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", directory.toString());
        environment.put("ENVIRONMENT", "local");
        environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
        environment.put("DB_SECRET_ID", SECRET);
        environment.put("DB_SSLMODE", "disable");
        environment.put("DATABASE_ADDRESS", server.host() + ":" + server.port() + "/postgres");
        return environment;
    }

    private Path log(SecretsLibrary library) {
        return directory.resolve(fileName(library) + ".log");
    }

    private static String fileName(SecretsLibrary library) {
        return library.name().replace(' ', '-');
    }
}
