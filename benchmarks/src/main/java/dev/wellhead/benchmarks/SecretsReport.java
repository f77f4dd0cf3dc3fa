package dev.wellhead.benchmarks;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What came out of comparing the libraries that read AWS Secrets Manager, as a document. */
final class SecretsReport {

    private static final double QUIET = 0.1;
    private static final double WANTED = 0.6;

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder weights = new StringBuilder();
    private final StringBuilder firstRows = new StringBuilder();
    private final StringBuilder rotations = new StringBuilder();

    void begin(double usedByOthers, String serverVersion) {
        head.append(
                """
                # Benchmarks: secrets

                Written by `mvn -q -Psecrets-benchmarks verify -pl benchmarks -am`; with `-Dbenchmarks.quick` it is a look that leaves
                this page alone. Every library reads the same secret of the same Secrets Manager, a stand-in on loopback that keeps
                versions and staging labels, and logs in to the same PostgreSQL; each run is a fresh JVM on a class path of its own.

                """);
        head.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        head.append("- Machine: ").append(Machine.current().describe()).append('\n');
        head.append("- Used by others before: ")
                .append(Math.round(usedByOthers * 100))
                .append(" % of it");
        head.append(usedByOthers < QUIET ? "\n" : "; **not quiet: do not quote these figures**\n");
        head.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
    }

    void weight(List<SecretsLibrary> libraries) throws IOException {
        for (SecretsLibrary library : libraries) {
            weights.append("| ").append(library.name()).append(" | ");
            weights.append(library.weight()).append(" |\n");
        }
    }

    void firstRow(String how, Samples wellhead, Samples peer, Samples wrapper) {
        double ratio = wellhead.median() / peer.median();
        firstRows.append("| ").append(how);
        for (Samples samples : List.of(wellhead, peer, wrapper)) {
            firstRows.append(String.format(
                    Locale.ROOT,
                    " | %.0f (%.0f–%.0f)",
                    samples.median(),
                    samples.quantile(0.25),
                    samples.quantile(0.75)));
        }
        firstRows.append(String.format(
                Locale.ROOT,
                " | %.3f | ≤ %.1f | %d |%n",
                ratio,
                WANTED,
                wellhead.values().size()));
    }

    void rotation(String library, int gapSeconds, RotationLoad.Outcome outcome) {
        rotations.append(String.format(
                Locale.ROOT,
                "| %s | %d s | %d | %d | %.0f | %d | %d |%n",
                library,
                gapSeconds,
                outcome.borrows(),
                outcome.failed(),
                outcome.longestMillis(),
                outcome.calls(),
                outcome.refusals()));
    }

    String text() {
        return head
                + """

                ## Process to first row

                Milliseconds from starting `java` until it has printed the row of `SELECT 1` through a pool with HikariCP's defaults:
                medians with quartiles. The ratio is Wellhead to aws-secretsmanager-jdbc.

                | | Wellhead | aws-secretsmanager-jdbc 2.1.1 | aws-advanced-jdbc-wrapper 4.3.0 | ratio | wanted | runs |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                + firstRows
                + """

                ## Two rotations under load

                Eight threads acquire, query and return; one return in ten ends its connection, so that new ones open all the time;
                connectionTimeout is 1 s. A rotation is createSecret (AWSPENDING), `ALTER ROLE`, the gap, finishSecret (AWSCURRENT).
                Calls and refused logins are those of both rotations together.

                | | gap | borrows | failed | longest borrow (ms) | GetSecretValue calls | refused logins |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                + rotations
                + """

                ## Class path

                | | with HikariCP, pgjdbc and the AWS SDK |
                | --- | --- |
                """
                + weights;
    }
}
