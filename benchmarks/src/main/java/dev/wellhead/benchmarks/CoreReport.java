package dev.wellhead.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The results as a page, and as a CSV file with every single run. */
record CoreReport(
        Machine machine,
        double usedByOthers,
        String serverVersion,
        List<Comparison> firstRow,
        List<Comparison> borrow,
        List<Comparison> connect,
        List<Comparison> memory) {

    void write(Path document) throws IOException {
        Files.createDirectories(document.toAbsolutePath().getParent());
        Files.writeString(document, text());
    }

    void writeRaw(Path file) throws IOException {
        StringBuilder csv = new StringBuilder("what,unit,library,values\n");
        for (List<Comparison> rows : List.of(firstRow, borrow, connect, memory)) {
            for (Comparison row : rows) {
                raw(csv, row, "peer", row.peer());
                raw(csv, row, "wellhead", row.wellhead());
            }
        }
        Files.writeString(file, csv);
    }

    String text() {
        StringBuilder text = new StringBuilder(
                """
                # Benchmarks

                `mvn -q -Pbenchmarks verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short sample and does not
                change the page. Wellhead and its peer take turns, use a new JVM for each run, and connect to the same PostgreSQL on the same
                machine. Figures are medians with quartiles; a lower figure is better in every row. "Within the scatter" means that the middle halves
                of the runs of both libraries overlap: the difference of the medians is not larger than the noise of the measurement.

                """);
        text.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        text.append("- Machine: ").append(machine.describe()).append('\n');
        text.append("- CPU used by other processes before and after: ")
                .append(Machine.percent(usedByOthers))
                .append('\n');
        text.append("- JVM: ").append(System.getProperty("java.vm.name")).append(' ');
        text.append(Jvm.current().version()).append('\n');
        text.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
        section(
                text,
                "Process to first row",
                "hand-written HikariCP",
                firstRow,
                """
                The time from the start of `java` until the program prints the row of `SELECT 1`. One program uses
                `Databases.fromEnvironment()`, the other one is the shortest program with HikariCP. Both take user and password from the
                environment, do not log, and use no other flags. Exit and CPU time (user and system time of the whole process) belong to the
                same runs.
                """);
        section(
                text,
                "Acquire and return",
                "bare HikariCP",
                borrow,
                """
                Measured with JMH. Both pools use HikariCP's defaults and have ten open connections. Each run is a separate JVM. The time per
                call is the measured time divided by the calls of all threads.
                """);
        section(
                text,
                "Physical connect",
                "pgjdbc's DataSource",
                connect,
                """
                Measured with JMH: opening and closing one connection, including SCRAM. Each run is the median of one JVM.
                """);
        section(
                text,
                "Memory",
                "hand-written HikariCP",
                memory,
                """
                The heap that 120 open databases retain in one process, divided by their number. Each database has its own pool with one
                idle connection. Objects that all databases share do not count.
                """);
        return text.toString();
    }

    private static void section(
            StringBuilder text, String title, String peer, List<Comparison> rows, String explanation) {
        text.append("\n## ").append(title).append("\n\n").append(explanation);
        text.append('\n').append(new ComparisonTable(peer, "Wellhead", rows).text());
    }

    private static void raw(StringBuilder csv, Comparison row, String library, Samples samples) {
        csv.append('"')
                .append(row.what())
                .append("\",")
                .append(row.unit())
                .append(',')
                .append(library);
        for (double value : samples.values()) {
            csv.append(',').append(value);
        }
        csv.append('\n');
    }
}
