package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClockSkewTest {

    static Stream<Arguments> skews() {
        return Stream.of(
                Arguments.of(
                        DoctorStage.AWS_CLOCK,
                        Duration.ofMillis(300),
                        StageStatus.OK,
                        "differs by less than 1 s from AWS's clock"),
                Arguments.of(
                        DoctorStage.AWS_CLOCK,
                        Duration.ofSeconds(40),
                        StageStatus.WARNING,
                        "40 s ahead of AWS's clock"),
                Arguments.of(
                        DoctorStage.AWS_CLOCK,
                        Duration.ofSeconds(-400),
                        StageStatus.FAILED,
                        "6 min 40 s behind AWS's clock"),
                Arguments.of(
                        DoctorStage.CLOCK,
                        Duration.ofSeconds(400),
                        StageStatus.WARNING,
                        "6 min 40 s ahead of AWS's clock"));
    }

    @ParameterizedTest
    @MethodSource("skews")
    void skew_ofAStage_isJudgedByItsEffect(DoctorStage stage, Duration ahead, StageStatus status, String text) {
        StageResult result = ClockSkew.result(stage, ahead, Duration.ofSeconds(30), "AWS's clock");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.text()).isEqualTo(text);
        assertThat(result.fix().isEmpty()).isEqualTo(status == StageStatus.OK);
        assertThat(result.details()).containsEntry("skewMilliseconds", ahead.toMillis());
    }
}
