package dev.wellhead.benchmarks;

import dev.wellhead.testkit.RedisServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a service that uses wellhead-redis with one that uses only Lettuce: the effects of a rotation on a service, and the time to the first command. Writes
 * {@code docs/benchmarks-redis.md}.
 */
final class RedisBenchmarks {

    private static final String SECRET = "prod/cache";
    private static final double TARGET = 1.05;
    private static final int WARM_UP_RUNS = 3;
    private static final int RUNS = 31;
    private static final int QUICK_RUNS = 7;
    private static final int GAP_SECONDS = 3;

    private final boolean quick;
    private final Path directory;
    private final RedisPrograms programs;
    private final RedisServer server;
    private final SecretsManagerServer store;

    private RedisBenchmarks(Path root, boolean quick, RedisServer server, SecretsManagerServer store)
            throws IOException {
        this.quick = quick;
        this.directory = Files.createDirectories(root.resolve("benchmarks/results/redis"));
        this.programs = RedisPrograms.of(root.resolve("benchmarks"));
        this.server = server;
        this.store = store;
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        double before = Machine.usedByOthers();
        try (RedisServer server = RedisServer.start();
                SecretsManagerServer store = SecretsManagerServer.start()) {
            RedisBenchmarks benchmarks = new RedisBenchmarks(root, quick, server, store);
            List<Comparison> first = benchmarks.firstCommand();
            RedisReport report = new RedisReport(Math.max(before, Machine.usedByOthers()), server.version(), first);
            for (boolean twoPasswords : List.of(true, false)) {
                for (String library : List.of("wellhead", "lettuce")) {
                    report.rotation(library, twoPasswords, GAP_SECONDS, benchmarks.rotate(library, twoPasswords));
                }
            }
            String text = report.text();
            if (!quick) {
                Files.writeString(root.resolve("docs/benchmarks-redis.md"), text);
            }
            System.out.print(text);
        }
    }

    private List<Comparison> firstCommand() throws IOException, InterruptedException {
        server.setPasswords(RedisRotation.USER, RedisRotation.FIRST_PASSWORD);
        List<Comparison> rows = new ArrayList<>();
        rows.add(compare(StartUp.plain(Jvm.current())));
        rows.add(compare(StartUp.appCds(Jvm.current())));
        return rows;
    }

    private Comparison compare(StartUp startUp) throws IOException, InterruptedException {
        List<String> lettuce = prepare(startUp, RedisPrograms.LETTUCE, programs.lettuce());
        List<String> wellhead = prepare(startUp, RedisPrograms.WELLHEAD, programs.wellhead());
        List<Double> lettuces = new ArrayList<>();
        List<Double> wellheads = new ArrayList<>();
        int runs = WARM_UP_RUNS + (quick ? QUICK_RUNS : RUNS);
        for (int run = 0; run < runs; run++) {
            // the programs take turns, and begin in turn
            boolean isLettuceFirst = run % 2 == 0;
            double one = time(isLettuceFirst ? lettuce : wellhead);
            double other = time(isLettuceFirst ? wellhead : lettuce);
            if (run >= WARM_UP_RUNS) {
                lettuces.add(isLettuceFirst ? one : other);
                wellheads.add(isLettuceFirst ? other : one);
            }
        }
        return new Comparison(
                "Java " + startUp.jvm().feature() + ", " + startUp.name(),
                "ms",
                new Samples(lettuces),
                new Samples(wellheads),
                TARGET);
    }

    private List<String> prepare(StartUp startUp, String program, String classPath)
            throws IOException, InterruptedException {
        Path archive = directory.resolve(program + "." + startUp.name());
        Files.deleteIfExists(archive);
        if (startUp.training() != null) {
            time(startUp.trainingCommand(archive, classPath, program));
        }
        return startUp.command(archive, classPath, program);
    }

    private double time(List<String> command) throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        environment.put("REDIS_USER", RedisRotation.USER);
        environment.put("REDIS_PASSWORD", RedisRotation.FIRST_PASSWORD);
        return ProgramRun.of(command, environment, directory.resolve("first.log"), "PONG")
                .firstRow();
    }

    private RedisRotation.Effects rotate(String library, boolean twoPasswords)
            throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        if (library.equals("lettuce")) {
            environment.put("REDIS_USER", RedisRotation.USER);
            environment.put("REDIS_PASSWORD", RedisRotation.FIRST_PASSWORD);
        } else {
            environment.put("REDIS_SECRET_ID", SECRET);
        }
        Path log = directory.resolve(library + ".log");
        return new RedisRotation(server, store, SECRET, environment, log)
                .run(programs.classPath(), library, twoPasswords, GAP_SECONDS);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", directory.toString());
        environment.put("ENVIRONMENT", "local");
        environment.put("REDIS_HOST", server.host());
        environment.put("REDIS_PORT", Integer.toString(server.port()));
        environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
        return environment;
    }
}
