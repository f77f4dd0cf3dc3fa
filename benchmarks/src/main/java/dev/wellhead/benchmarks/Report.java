package dev.wellhead.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What came out, as a document and as figures for a program. */
record Report(
        Machine machine,
        double usedByOthers,
        String serverVersion,
        List<Comparison> firstRow,
        List<Comparison> borrow,
        List<Comparison> connect) {

    /** Above this something else was running. */
    private static final double QUIET = 0.1;

    void write(Path document) throws IOException {
        Files.createDirectories(document.toAbsolutePath().getParent());
        Files.writeString(document, text());
    }

    void writeRaw(Path file) throws IOException {
        StringBuilder csv = new StringBuilder("what,unit,library,values\n");
        for (List<Comparison> rows : List.of(firstRow, borrow, connect)) {
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

                Written by `mvn -q -Pbenchmarks verify -pl benchmarks -am` (beside it: `make benchmarks`); `-Dbenchmarks.quick` is a look that
                leaves this page alone. Wellhead and its peer take turns in one run, each run in a fresh JVM, against the
                same PostgreSQL on the same machine. Figures are medians with quartiles; the ratio is what Wellhead costs where the peer costs 1.

                """);
        text.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        text.append("- Machine: ").append(machine.describe()).append('\n');
        text.append("- Used by others before and after: ")
                .append(Math.round(usedByOthers * 100))
                .append(" % of it");
        text.append(usedByOthers < QUIET ? "\n" : "; **not quiet: do not quote these figures**\n");
        text.append("- JVM: ").append(System.getProperty("java.vm.name")).append(' ');
        text.append(Jvm.current().version()).append('\n');
        text.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
        section(
                text,
                "Process to first row",
                "hand-written HikariCP",
                firstRow,
                """
                From starting `java` until it has printed the row of `SELECT 1`: `Databases.fromEnvironment()` against the shortest
                program on HikariCP; user and password from the environment, no logging, no other flags. Exit and CPU time
                (user and system, of the whole process) belong to the same runs.
                """);
        section(
                text,
                "Borrow and return",
                "bare HikariCP",
                borrow,
                """
                JMH: both pools with HikariCP's defaults and ten open connections; a row is as many JVMs for each library as it has runs.
                """);
        section(
                text,
                "Physical connect",
                "pgjdbc's DataSource",
                connect,
                """
                JMH: opening and closing one connection, SCRAM included; the median of each JVM.
                """);
        return text.toString();
    }

    private static void section(
            StringBuilder text, String title, String peer, List<Comparison> rows, String explanation) {
        text.append("\n## ").append(title).append("\n\n").append(explanation);
        text.append("\n| | unit | ").append(peer).append(" | Wellhead | ratio | wanted | runs |\n");
        text.append("| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        for (Comparison row : rows) {
            text.append("| ").append(row.what()).append(" | ").append(row.unit());
            text.append(" | ").append(spread(row.peer())).append(" | ").append(spread(row.wellhead()));
            text.append(" | ").append(number(row.ratio())).append(" | ");
            text.append(row.wanted() == null ? "" : "≤ " + number(row.wanted()));
            text.append(" | ").append(row.wellhead().values().size()).append(" |\n");
        }
    }

    private static String spread(Samples samples) {
        return number(samples.median()) + " (" + number(samples.quantile(0.25)) + "–" + number(samples.quantile(0.75))
                + ")";
    }

    private static String number(double value) {
        String pattern = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, pattern, value);
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
