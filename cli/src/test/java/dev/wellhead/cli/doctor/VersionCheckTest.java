package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VersionCheckTest {

    private static final Clock TODAY = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    static Stream<Arguments> versions() {
        return Stream.of(
                Arguments.of(90624, "9.6.24", StageStatus.WARNING, "PostgreSQL 9.6.24, which is no longer supported"),
                Arguments.of(
                        130020,
                        "13.20",
                        StageStatus.WARNING,
                        "PostgreSQL 13.20, which has not been supported since 2025-11-13"),
                Arguments.of(
                        140019,
                        "14.19",
                        StageStatus.WARNING,
                        "PostgreSQL 14.19, which has not been supported since 2026-11-12"),
                Arguments.of(160004, "16.4", StageStatus.OK, "PostgreSQL 16.4, supported until 2028-11-09"),
                Arguments.of(990000, "99.0", StageStatus.OK, "PostgreSQL 99.0"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void version_onAGivenDay_isJudgedByItsEndOfLife(int number, String version, StageStatus status, String text) {
        StageResult result = VersionCheck.result(number, version, TODAY);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.text()).isEqualTo(text);
        assertThat(result.fix().isEmpty()).isEqualTo(status == StageStatus.OK);
    }

    @Test
    void version_halfAYearBeforeItsEndOfLife_isAWarning() {
        Clock may = Clock.fixed(Instant.parse("2027-05-20T00:00:00Z"), ZoneOffset.UTC);

        StageResult result = VersionCheck.result(150010, "15.10", may);

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.text()).isEqualTo("PostgreSQL 15.10, supported until 2027-11-11");
        assertThat(result.fix()).isEqualTo("Plan the upgrade to a newer major version.");
        assertThat(result.details()).containsEntry("endOfLife", "2027-11-11");
    }
}
