package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.Golden;
import dev.wellhead.cli.text.Terminal;
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

class ReportTest {

    private static final Clock TODAY = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private static final String SERVER = "db-1.internal:5432";

    private static List<Result> connected() {
        return List.of(
                Result.ok(Stage.SETTINGS, "41 decided").in(Duration.ofMillis(12)),
                Result.ok(Stage.CREDENTIALS, "secret 'prod/shop' in eu-west-1: AWSCURRENT, version 1a2b3c4d")
                        .in(Duration.ofMillis(212)),
                Result.ok(Stage.DNS, "10.0.1.17, 10.0.2.17")
                        .in(Duration.ofMillis(3))
                        .at(SERVER),
                Result.ok(Stage.TCP, "10.0.1.17 port 5432 answers")
                        .in(Duration.ofNanos(600_000))
                        .at(SERVER));
    }

    private static Report failing() {
        List<Result> results = new ArrayList<>(connected());
        results.add(Result.failed(
                        Stage.TLS,
                        "tls_untrusted",
                        "its certificate was issued by 'CN=Test CA', which no trusted root certificate vouches for. From:"
                                + " sslmode (follows from DB_SSLROOTCERT), sslrootcert (environment variable"
                                + " DB_SSLROOTCERT).",
                        "Trusted: root certificate file /etc/tls/other.crt. Set DB_SSLROOTCERT to the root certificate of"
                                + " the authority that issued it.")
                .in(Duration.ofMillis(41))
                .at(SERVER));
        results.add(Result.notTested(Stage.AUTHENTICATION, SERVER, Stage.TLS));
        results.add(Result.notTested(Stage.DATABASE, "", Stage.TLS));
        results.add(Result.notTested(Stage.ROLE, "", Stage.TLS));
        return new Report("default", "production", results);
    }

    private static Report working() {
        List<Result> results = new ArrayList<>(connected());
        results.add(Result.warning(
                        Stage.TLS,
                        "TLSv1.3, a chain of 2, for db-1.internal, 9 days to expiry, verified (verify-full) by root"
                                + " certificate file /etc/tls/root.crt",
                        "Renew the server's certificate and reload the server (pg_ctl reload).")
                .in(Duration.ofMillis(31))
                .at(SERVER));
        results.add(
                Versions.result(160004, "16.4", TODAY).in(Duration.ofMillis(2)).at(SERVER));
        return new Report("default", "production", results);
    }

    static Stream<Arguments> terminals() {
        return Stream.of(
                Arguments.of("80", new Terminal(true, true, 80)),
                Arguments.of("160", new Terminal(true, true, 160)),
                Arguments.of("80-no-color", new Terminal(true, false, 80)),
                Arguments.of("piped", Terminal.PIPE));
    }

    @ParameterizedTest
    @MethodSource("terminals")
    void report_onATerminal_looksAsItWasApproved(String name, Terminal terminal) {
        Golden.check("doctor-failing-" + name, failing().text(terminal));
        Golden.check("doctor-working-" + name, working().text(terminal));
    }

    @Test
    void report_forPrograms_isWhatItWas() {
        Golden.check("doctor-json", failing().json());
    }

    static Stream<Arguments> versions() {
        return Stream.of(
                Arguments.of(90624, "9.6.24", Status.WARNING, "PostgreSQL 9.6.24, long past its end of life"),
                Arguments.of(130020, "13.20", Status.WARNING, "PostgreSQL 13.20, past its end of life on 2025-11-13"),
                Arguments.of(140019, "14.19", Status.WARNING, "PostgreSQL 14.19, past its end of life on 2026-11-12"),
                Arguments.of(160004, "16.4", Status.OK, "PostgreSQL 16.4, fixes until 2028-11-09"),
                Arguments.of(990000, "99.0", Status.OK, "PostgreSQL 99.0"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void version_againstTheCalendar_isJudged(int number, String version, Status status, String text) {
        Result result = Versions.result(number, version, TODAY);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.text()).isEqualTo(text);
    }

    @Test
    void version_halfAYearBeforeItsEnd_isToBePlanned() {
        Clock may = Clock.fixed(Instant.parse("2027-05-20T00:00:00Z"), ZoneOffset.UTC);

        Result result = Versions.result(150010, "15.10", may);

        assertThat(result.status()).isEqualTo(Status.WARNING);
        assertThat(result.fix()).isEqualTo("Plan the upgrade to a newer major version.");
    }

    static Stream<Arguments> skews() {
        return Stream.of(
                Arguments.of(Stage.AWS_CLOCK, Duration.ofMillis(300), Status.OK, "within a second of AWS's clock"),
                Arguments.of(Stage.AWS_CLOCK, Duration.ofSeconds(40), Status.WARNING, "40 s ahead of AWS's clock"),
                Arguments.of(Stage.AWS_CLOCK, Duration.ofSeconds(-400), Status.FAILED, "6 min 40 s behind AWS's clock"),
                Arguments.of(Stage.CLOCK, Duration.ofSeconds(400), Status.WARNING, "6 min 40 s ahead of AWS's clock"));
    }

    @ParameterizedTest
    @MethodSource("skews")
    void clocks_thatDiffer_areJudgedByWhatTheyBreak(Stage stage, Duration ahead, Status status, String text) {
        Result result = Clocks.result(stage, ahead, Duration.ofSeconds(30), Duration.ofMinutes(5), "AWS's clock");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.text()).isEqualTo(text);
    }
}
