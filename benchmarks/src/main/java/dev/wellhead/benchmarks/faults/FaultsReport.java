package dev.wellhead.benchmarks.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of all rounds as a page. Not thread-safe. */
final class FaultsReport {

    private static final String INTRODUCTION =
            """
            # Reliability

            This page shows what happens to a service when its database fails. Wellhead and similar libraries run under the same load, on
            the same servers and at the same time, and every fault is injected for real.
            `mvn -q -Pbenchmarks -Dwhat=faults verify -pl benchmarks -am` writes this page and its pictures. A result that is worse than
            another library's is printed like one that is better.

            """;

    private static final String METHOD =
            """

            ## What is measured

            Each library has its own process. 8 threads acquire a connection, run `SELECT 1` or the statement that the fault describes,
            return the connection and pause for 20 ms. The pool has 8 connections, and `connectionTimeout` is 5 s. After 2 s of calm, the
            fault is injected. The observation ends 1 s after every thread of every library has had a success again, or at a limit of 7
            to 35 s. Some faults are injected at the same time, each with its own servers and processes.

            - **Failed borrows**: attempts to acquire a connection that failed after the fault began.
            - **Longest borrow**: the longest attempt, whether it succeeded, failed, or was still waiting at the end.
            - **Longest operation**: the same with the statement. Some libraries wait for the server in the statement instead of the borrow.
            - **First success, all threads back**: the time from the end of the fault until one thread, and until every thread, has run a
              statement. "never" means: not while the libraries were observed.
            - **Pool complete**: the time from the first success until all threads held a connection at the same time.
            - **Lost statements**: statements that were started and then failed, or were not answered. Some are unavoidable, because the
              fault hits statements that are being run.
            - **Answered**: statements that were answered while the fault lasted, or, if it is a single event, until the end of the observation.

            Figures are medians of the rounds, with the worst round in parentheses if it differs.

            Wellhead has its defaults. HikariCP has pgjdbc with `connectTimeout=4`, `socketTimeout=10`, `tcpKeepAlive=true`,
            `targetServerType=primary` and a `validationTimeout` of 2.5 s, as an experienced engineer might configure it. A statement that
            takes longer than 10 s therefore fails in that configuration. In Wellhead's it does not, as long as the server is executing it.
            aws-advanced-jdbc-wrapper has HikariCP, the same settings, and the plugin `efm2` with a detection time of 3 s, or
            `awsSecretsManager` if the password is in a secret. Its plugin for failover is off, because it needs a cluster of Aurora or RDS.
            Agroal has pgjdbc with the same settings, and validates connections that were idle for 500 ms. HikariCP and Agroal do not read
            secrets, so they are missing from the rotations.

            """;

    private static final String LIMITS =
            """

            ## Where the promises end

            - A borrow that waits longer than `connectionTimeout` fails. An outage that is longer than `connectionTimeout` fails borrows in every
              library.
            - The promises are for an idle machine. If other programs use its processors, times are longer, for every library.
            - A statement that is running when its connection is lost fails. Wellhead does not repeat statements, because it cannot decide whether
              that is safe.
            - The faults are injected on one machine, over loopback. A proxy simulates resets, half-open connections and black holes. Its kernel
              acknowledges packets, so TCP keepalive has no effect in the half-open faults.
            - Secrets Manager is a local replacement with versions and staging labels.

            ## Run it

            `-Dfaults=NAME,...` selects faults by the name in their headings, and `-Dfaults.rounds=1` sets the number of rounds. One round of all
            faults takes about ten minutes. A selection, and `-Dbenchmarks.quick` (one round), print the page and do not change this file. A
            fault that cannot be injected is listed as not measured, with the reason. Those behind PgBouncer need an installed PgBouncer.
            """;

    private final Map<Fault, FaultResults> results = new LinkedHashMap<>();

    /** {@return the results of a fault, to which each round is added} */
    FaultResults of(Fault fault) {
        return results.computeIfAbsent(fault, FaultResults::new);
    }

    /**
     * {@return the page}
     *
     * @param conditions lines that describe the machine and the versions
     */
    String text(String conditions) {
        StringBuilder page = new StringBuilder(INTRODUCTION)
                .append(conditions)
                .append(summary())
                .append(pictures())
                .append(METHOD)
                .append("## The faults\n");
        results.values().forEach(fault -> page.append(FaultSection.text(fault)));
        return page.append(LIMITS).toString();
    }

    private String summary() {
        StringBuilder table = new StringBuilder(
                """

                ## Summary

                Failed borrows, then the time until all threads are back, or the longest borrow if the promise has no such time. Medians of
                the rounds. The last column shows whether Wellhead kept its promise in every round that was measured.

                """);
        table.append("| fault |");
        for (Contestant contestant : Contestant.values()) {
            table.append(' ').append(contestant.title()).append(" |");
        }
        table.append(" promise | kept |\n| --- |")
                .append(" ---: |".repeat(Contestant.values().length))
                .append(" --- | --- |\n");
        results.values().forEach(fault -> table.append(row(fault)));
        return table.toString();
    }

    private static String row(FaultResults results) {
        Promise promise = results.fault().promise();
        StringBuilder row =
                new StringBuilder("| ").append(results.fault().title()).append(" |");
        for (Contestant contestant : Contestant.values()) {
            List<Figures> rounds = results.of(contestant);
            row.append(' ')
                    .append(rounds.isEmpty() ? "" : cell(promise, rounds))
                    .append(" |");
        }
        return row + " " + promise.describe() + " | " + results.kept() + " |\n";
    }

    private static String cell(Promise promise, List<Figures> rounds) {
        return Figure.median(rounds, Figures::failedBorrows, Figure::count) + "; "
                + Figure.median(
                        rounds,
                        promise.isAboutReturn() ? Figures::allBackMillis : Figures::longestMillis,
                        Figure::time);
    }

    private String pictures() {
        StringBuilder pictures = new StringBuilder();
        for (FaultResults fault : results.values()) {
            if (fault.isMeasured()) {
                FaultPictures.fileName(fault.fault()).ifPresent(file -> pictures.append("\n![")
                        .append(FaultPictures.description(fault.fault()))
                        .append("](images/")
                        .append(file)
                        .append(")\n"));
            }
        }
        return pictures.toString();
    }
}
