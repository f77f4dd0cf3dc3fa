package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.Golden;
import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.output.RunningLine;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.settings.Origin;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

class DoctorReportTest {

    private static final Clock TODAY = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private static final String SERVER = "db-1.internal:5432";

    private static List<StageResult> connected() {
        return List.of(
                DoctorStage.SETTINGS.ok("41 settings are valid").in(Duration.ofMillis(12)),
                DoctorStage.CREDENTIALS
                        .ok("secret 'prod/shop' in eu-west-1: AWSCURRENT, version 1a2b3c4d")
                        .in(Duration.ofMillis(212)),
                DoctorStage.DNS
                        .ok("10.0.1.17, 10.0.2.17")
                        .in(Duration.ofMillis(3))
                        .at(SERVER),
                DoctorStage.TCP
                        .ok("connected to 10.0.1.17 port 5432")
                        .in(Duration.ofNanos(600_000))
                        .at(SERVER));
    }

    private static DoctorReport failing() {
        List<StageResult> results = new ArrayList<>(connected());
        results.add(DoctorStage.TLS
                .failed(
                        new Failure(
                                "tls_untrusted",
                                Outcome.GIVE_UP,
                                SERVER,
                                SERVER + ": its certificate was issued by 'CN=Test CA', which is not trusted"
                                        + " (DB_SSLROOTCERT)",
                                "DB_SSLROOTCERT",
                                "From: sslmode (follows from DB_SSLROOTCERT); sslrootcert (environment variable"
                                        + " DB_SSLROOTCERT)",
                                List.of(Origin.Variable.of("DB_SSLROOTCERT")),
                                List.of("Trusted: root certificate file /etc/tls/other.crt. Set DB_SSLROOTCERT to the"
                                        + " root certificate of the authority that issued it.")),
                        "its certificate was issued by 'CN=Test CA', which is not trusted.",
                        "")
                .in(Duration.ofMillis(41))
                .at(SERVER));
        results.add(DoctorStage.AUTHENTICATION.notTested(DoctorStage.TLS).at(SERVER));
        results.add(DoctorStage.DATABASE.notTested(DoctorStage.TLS));
        results.add(DoctorStage.ROLE.notTested(DoctorStage.TLS));
        return new DoctorReport("default", "production", Outcome.OK, "", results);
    }

    private static DoctorReport working() {
        List<StageResult> results = new ArrayList<>(connected());
        results.add(DoctorStage.TLS
                .warning(
                        "TLSv1.3, certificate for db-1.internal in a chain of 2, expires in 9 days, verified (verify-full) with"
                                + " root certificate file /etc/tls/root.crt",
                        "Renew the server's certificate and reload the server (pg_ctl reload).")
                .in(Duration.ofMillis(31))
                .at(SERVER));
        results.add(VersionCheck.result(160004, "16.4", TODAY)
                .in(Duration.ofMillis(2))
                .at(SERVER));
        return new DoctorReport("default", "production", Outcome.OK, "", results);
    }

    static Stream<Arguments> terminals() {
        return Stream.of(
                Arguments.of("80", new Terminal(true, Ansi.ON, 80)),
                Arguments.of("160", new Terminal(true, Ansi.ON, 160)),
                Arguments.of("80-no-color", new Terminal(true, Ansi.OFF, 80)),
                Arguments.of("piped", Terminal.PIPE));
    }

    private static String text(Terminal terminal, DoctorReport report) {
        StringWriter out = new StringWriter();
        RunningLine running = new RunningLine(new ProgressLine(new PrintWriter(out, true), Terminal.PIPE));
        DoctorText text = new DoctorText(new PrintWriter(out, true), terminal, running);
        text.begins(report.name(), report.environment());
        report.results().forEach(text::finished);
        text.end(report.conclusion(), report.verdict(), "");
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("terminals")
    void report_onATerminal_isAsApproved(String name, Terminal terminal) {
        Golden.check("doctor-failing-" + name, text(terminal, failing()));
        Golden.check("doctor-working-" + name, text(terminal, working()));
    }

    @Test
    void report_asJson_isAsApproved() {
        Golden.check("doctor-json", failing().json(List.of()));
    }

    private static DoctorReport report(Outcome end, String unfinished, StageResult... results) {
        return new DoctorReport("default", "local", end, unfinished, List.of(results));
    }

    private static StageResult failed(String kind, Outcome outcome) {
        return DoctorStage.TCP
                .failed(Failure.of(kind, outcome, kind, ""), kind, "")
                .at(SERVER);
    }

    /** Deployment scripts and people read only this line. */
    @Test
    void verdict_ofEachOutcome_isUnderstoodAlone() {
        StageResult ok = DoctorStage.DNS.ok("fine");
        StageResult warning = DoctorStage.TLS.warning("weak", "Change it.");
        StageResult refused = failed("refused", Outcome.RETRY);
        StageResult untrusted = failed("untrusted", Outcome.GIVE_UP);

        assertThat(report(Outcome.OK, "", ok).verdict()).isEqualTo("OK: database 'default' works.");
        assertThat(report(Outcome.OK, "", ok, warning).verdict())
                .isEqualTo("OK: database 'default' works, with 1 warning.");
        assertThat(report(Outcome.OK, "", warning, warning).verdict())
                .isEqualTo("OK: database 'default' works, with 2 warnings.");
        assertThat(report(Outcome.OK, "", refused).verdict()).isEqualTo("FAILED: db-1.internal:5432: refused.");
        assertThat(report(Outcome.OK, "", refused, untrusted).verdict())
                .isEqualTo("FAILED: db-1.internal:5432: untrusted. There is 1 more failure.");
        assertThat(report(Outcome.OK, "", refused, refused, refused).verdict())
                .isEqualTo("FAILED: db-1.internal:5432: refused. There are 2 more failures.");
        assertThat(report(Outcome.TIMED_OUT, "tcp on db:5432", ok).verdict())
                .isEqualTo("TIMED OUT: the time was up during tcp on db:5432.");
        assertThat(report(Outcome.INTERRUPTED, "tcp on db:5432", ok).verdict())
                .isEqualTo("INTERRUPTED: the command was interrupted during tcp on db:5432.");
        assertThat(report(Outcome.INTERRUPTED, "tcp on db:5432", refused).verdict())
                .isEqualTo("INTERRUPTED after a failure: db-1.internal:5432: refused.");
    }

    @Test
    void outcome_ofSeveralFailures_isThatOfTheOneThatNoRetryRepairs() {
        StageResult refused = failed("refused", Outcome.RETRY);
        StageResult untrusted = failed("untrusted", Outcome.GIVE_UP);

        assertThat(report(Outcome.OK, "", refused).conclusion().outcome()).isEqualTo(Outcome.RETRY);
        assertThat(report(Outcome.OK, "", refused, untrusted).conclusion().outcome())
                .isEqualTo(Outcome.GIVE_UP);
        assertThat(report(Outcome.TIMED_OUT, "", untrusted).conclusion().outcome())
                .isEqualTo(Outcome.GIVE_UP);
        assertThat(report(Outcome.TIMED_OUT, "").conclusion().outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(report(Outcome.INTERRUPTED, "", refused).conclusion().outcome())
                .isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void untestedStages_afterTheTimeIsUp_haveThatReason() {
        DoctorReport report = report(Outcome.TIMED_OUT, "tcp on db:5432", DoctorStage.SETTINGS.ok("fine"))
                .withUntestedStages();

        assertThat(report.results())
                .filteredOn(result -> result.status() == StageStatus.NOT_TESTED)
                .extracting(StageResult::text)
                .containsOnly("the time was up during tcp on db:5432");
    }
}
