package dev.wellhead.cli.doctor;

import dev.wellhead.cli.Golden;
import dev.wellhead.cli.output.Terminal;
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
                        "tls_untrusted",
                        "its certificate was issued by 'CN=Test CA', which no trusted root certificate vouches for. From:"
                                + " sslmode (follows from DB_SSLROOTCERT), sslrootcert (environment variable"
                                + " DB_SSLROOTCERT).",
                        "Trusted: root certificate file /etc/tls/other.crt. Set DB_SSLROOTCERT to the root certificate of"
                                + " the authority that issued it.")
                .in(Duration.ofMillis(41))
                .at(SERVER));
        results.add(DoctorStage.AUTHENTICATION.notTested(DoctorStage.TLS).at(SERVER));
        results.add(DoctorStage.DATABASE.notTested(DoctorStage.TLS));
        results.add(DoctorStage.ROLE.notTested(DoctorStage.TLS));
        return new DoctorReport("default", "production", results);
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
        return new DoctorReport("default", "production", results);
    }

    static Stream<Arguments> terminals() {
        return Stream.of(
                Arguments.of("80", new Terminal(true, Ansi.ON, 80)),
                Arguments.of("160", new Terminal(true, Ansi.ON, 160)),
                Arguments.of("80-no-color", new Terminal(true, Ansi.OFF, 80)),
                Arguments.of("piped", Terminal.PIPE));
    }

    @ParameterizedTest
    @MethodSource("terminals")
    void report_onATerminal_isAsApproved(String name, Terminal terminal) {
        Golden.check("doctor-failing-" + name, failing().text(terminal));
        Golden.check("doctor-working-" + name, working().text(terminal));
    }

    @Test
    void report_asJson_isAsApproved() {
        Golden.check("doctor-json", failing().json());
    }
}
