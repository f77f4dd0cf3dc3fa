package dev.wellhead.benchmarks;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The results of the secrets benchmarks as a page. */
final class SecretsReport {

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder weights = new StringBuilder();
    private final StringBuilder firstRows = new StringBuilder();
    private final StringBuilder rotations = new StringBuilder();

    void begin(double usedByOthers, String serverVersion) {
        head.append(
                """
                # Benchmarks: secrets

                `mvn -q -Pbenchmarks -Dwhat=secrets verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short
                sample and does not change the page. All libraries read the same secret from the same local replacement of Secrets Manager,
                which has versions and staging labels, and log in to the same PostgreSQL. Each run has its own JVM and its own class path.

                """);
        head.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        head.append("- Machine: ").append(Machine.current().describe()).append('\n');
        head.append("- CPU used by other processes before: ")
                .append(Machine.percent(usedByOthers))
                .append('\n');
        head.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
    }

    void weight(List<SecretsLibrary> libraries) throws IOException {
        for (SecretsLibrary library : libraries) {
            weights.append("| ").append(library.name()).append(" | ");
            weights.append(library.weight()).append(" |\n");
        }
    }

    void firstRow(String how, double target, Samples wellhead, Samples peer, Samples wrapper) {
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
                " | %.3f | ≤ %.2f | %d |%n",
                ratio,
                target,
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

                Milliseconds from the start of `java` until the program prints the row of `SELECT 1`, through a pool with HikariCP's defaults.
                Figures are medians with quartiles; lower is better. The ratio compares Wellhead with aws-secretsmanager-jdbc.

                | | Wellhead | aws-secretsmanager-jdbc 2.1.1 | aws-advanced-jdbc-wrapper 4.3.0 | ratio | target | runs |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                + firstRows
                + """

                ## Two rotations under load

                Eight threads acquire a connection, run a query and return the connection. One in ten returned connections is closed, so that
                new ones are opened all the time. connectionTimeout is 1 s. A rotation consists of createSecret (AWSPENDING), `ALTER ROLE`, the
                gap, and finishSecret (AWSCURRENT). Calls and refused logins are the sums of both rotations. A lower figure is better in every
                column except "acquired".

                | | gap | acquired | failed | longest wait (ms) | GetSecretValue calls | refused logins |
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
