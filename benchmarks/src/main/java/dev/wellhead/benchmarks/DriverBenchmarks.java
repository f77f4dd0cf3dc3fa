package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.driver.ConnectLoop;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a physical connect through the driver with one of a {@code Database}, and writes {@code docs/benchmarks-driver.md}. */
final class DriverBenchmarks {

    private static final double TARGET = 1.02;

    /** Each process measures every way, so the processes differ little. */
    private static final int PROCESSES = 7;

    private static final int WARM_UP = 500;
    private static final int CONNECTS = 1_500;
    private static final int QUICK_PROCESSES = 1;
    private static final int QUICK_WARM_UP = 100;
    private static final int QUICK_CONNECTS = 300;

    /** The order in which {@link ConnectLoop} prints the medians. */
    private enum Way {
        PGJDBC(0),
        DATABASE(1),
        DRIVER_WITH_SERVER(2),
        DRIVER_OF_PROCESS(3);

        private final int column;

        Way(int column) {
            this.column = column;
        }
    }

    private final Target target;
    private final Path results;
    private final boolean quick;

    private DriverBenchmarks(Target target, Path results, boolean quick) {
        this.target = target;
        this.results = results;
        this.quick = quick;
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        double before = Machine.usedByOthers();
        Path results = Files.createDirectories(root.resolve("benchmarks/results/driver"));
        CertificateAuthority authority = CertificateAuthority.create("Wellhead benchmarks");
        Path rootCertificate = authority.writeTo(results.resolve("root.crt"));
        try (PostgresServer server = PostgresServer.builder()
                .tls(authority.server("localhost", "127.0.0.1"))
                .start()) {
            Target target = new Target("localhost", server.port(), rootCertificate.toString());
            DriverBenchmarks benchmarks = new DriverBenchmarks(target, results, quick);
            List<Comparison> ofDriver = new ArrayList<>();
            List<Comparison> ofDatabase = new ArrayList<>();
            for (String sslMode : List.of("disable", "verify-full")) {
                benchmarks.compare(sslMode, ofDriver, ofDatabase);
            }
            String text = text(
                    Math.max(before, Machine.usedByOthers()),
                    server.query("show server_version").get(0),
                    ofDriver,
                    ofDatabase);
            if (!quick) {
                Files.writeString(root.resolve("docs/benchmarks-driver.md"), text);
            }
            System.out.print(text);
        }
    }

    private void compare(String sslMode, List<Comparison> ofDriver, List<Comparison> ofDatabase)
            throws IOException, InterruptedException {
        List<List<Double>> medians = new ArrayList<>();
        for (int process = 0; process < (quick ? QUICK_PROCESSES : PROCESSES); process++) {
            medians.add(measure(sslMode));
        }
        Samples pgjdbc = samples(medians, Way.PGJDBC);
        Samples database = samples(medians, Way.DATABASE);
        String how = ", sslmode=" + sslMode;
        ofDriver.add(new Comparison(
                "`jdbc:wellhead:postgresql://...`" + how,
                "µs",
                database,
                samples(medians, Way.DRIVER_WITH_SERVER),
                TARGET));
        ofDriver.add(new Comparison(
                "`jdbc:wellhead:`" + how, "µs", database, samples(medians, Way.DRIVER_OF_PROCESS), TARGET));
        ofDatabase.add(new Comparison("`Database`" + how, "µs", pgjdbc, database, null));
    }

    private static Samples samples(List<List<Double>> medians, Way way) {
        return new Samples(
                medians.stream().map(process -> process.get(way.column)).toList());
    }

    /** {@return the median of each way in a new process} */
    private List<Double> measure(String sslMode) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Jvm.current().java(),
                "-Xms256m",
                "-Xmx256m",
                "-classpath",
                System.getProperty("java.class.path"),
                ConnectLoop.class.getName(),
                Integer.toString(quick ? QUICK_WARM_UP : WARM_UP),
                Integer.toString(quick ? QUICK_CONNECTS : CONNECTS));
        Map<String, String> environment = new HashMap<>(target.environment(results));
        environment.put("DB_SSLMODE", sslMode);
        environment.put("DB_SSLROOTCERT", target.rootCertificate());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        List<Double> medians = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append(System.lineSeparator());
                if (line.startsWith(ConnectLoop.RESULT)) {
                    for (String median :
                            line.substring(ConnectLoop.RESULT.length()).split(" ", -1)) {
                        medians.add(Double.valueOf(median));
                    }
                }
            }
        }
        if (process.waitFor() != 0 || medians.size() != Way.values().length) {
            throw new IOException("The program failed:" + System.lineSeparator() + output);
        }
        return medians;
    }

    private static String text(
            double usedByOthers, String serverVersion, List<Comparison> ofDriver, List<Comparison> ofDatabase) {
        return """
                # Benchmarks: the JDBC driver

                `mvn -q -Pbenchmarks -Dwhat=driver verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short sample
                and does not change the page. Each process opens and closes connections, one at a time, in turn through
                [the driver](jdbc-driver.md), as the pool of a `Database` does it, and through pgjdbc. A connect includes TCP, TLS if the SSL mode
                requires it, SCRAM and start-up. Figures are the medians of the processes with quartiles.

                """
                + "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                + Machine.current().describe()
                + "\n- CPU used by other processes before and after: " + Machine.percent(usedByOthers)
                + "\n- JVM: " + System.getProperty("java.vm.name") + " "
                + Jvm.current().version()
                + "\n- PostgreSQL " + serverVersion + ", over loopback\n\n"
                + new ComparisonTable("`Database`", "driver", ofDriver).text()
                + "\nFor comparison, what a `Database` adds to the driver of PostgreSQL:\n\n"
                + new ComparisonTable("pgjdbc", "`Database`", ofDatabase).text();
    }
}
