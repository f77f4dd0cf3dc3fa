package dev.wellhead.cli.doctor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.settings.Origin;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The result of a stage as data. */
class StageResultTest {

    @Test
    void toJson_ok_hasNullsForWhatDoesNotApply() {
        assertThat(DoctorStage.SETTINGS
                        .ok("41 settings are valid")
                        .in(Duration.ofMillis(12))
                        .toJson())
                .containsEntry("code", "settings")
                .containsEntry("status", "ok")
                .containsEntry("result", "41 settings are valid")
                .containsEntry("milliseconds", 12L)
                .containsEntry("server", null)
                .containsEntry("failure", null)
                .containsEntry("fix", null)
                .containsEntry("details", Map.of());
    }

    @Test
    void toJson_failure_hasItsClassServerFixAndDetails() {
        assertThat(DoctorStage.TCP
                        .failed("refused", "nothing listens there", "Check DB_HOST.")
                        .at("db:5432")
                        .with("sqlState", "08001")
                        .toJson())
                .containsEntry("code", "tcp")
                .containsEntry("status", "failed")
                .containsEntry("failure", "refused")
                .containsEntry("server", "db:5432")
                .containsEntry("fix", "Check DB_HOST.")
                .containsEntry("details", Map.of("sqlState", "08001"));
    }

    /** A duration of 0 would look like a measurement. */
    @Test
    void toJson_notTested_hasNoDuration() {
        assertThat(DoctorStage.ROLE.notTested(DoctorStage.TCP).toJson())
                .containsEntry("status", "not_tested")
                .containsEntry("result", "tcp failed")
                .containsEntry("milliseconds", null);
    }

    @Test
    void with_severalDetails_keepsTheirOrderAndTheOriginal() {
        StageResult result = DoctorStage.DNS.ok("one");

        StageResult changed = result.with("b", 1).with("a", 2);

        assertThat(changed.details()).containsExactly(Map.entry("b", 1), Map.entry("a", 2));
        assertThat(result.details()).isEmpty();
    }

    @Test
    void failed_withOrigins_showsThemAndHasTheFirstAsData() {
        Failure failure = new Failure(
                "name_not_resolved",
                Outcome.RETRY,
                "db:5432",
                "db:5432: the name does not resolve (DB_HOST)",
                "DB_HOST",
                "From: host (environment variable DB_HOST)",
                List.of(new Origin.OfSetting("host", Origin.Variable.of("DB_HOST"))),
                List.of("Check DB_HOST.", "Check the DNS."));

        StageResult result = DoctorStage.DNS.failed(failure, "the name does not resolve.", "Check the log.");

        assertThat(result.text()).isEqualTo("the name does not resolve. From: host (environment variable DB_HOST)");
        assertThat(result.fix()).isEqualTo("Check DB_HOST.");
        assertThat(result.details())
                .containsEntry("originKind", "environment-variable")
                .containsEntry("variable", "DB_HOST");
    }

    @Test
    void failed_withoutFixes_hasTheDefaultFix() {
        StageResult result = DoctorStage.DNS.failed(
                Failure.of("other", Outcome.GIVE_UP, "it failed", ""), "it failed.", "Check the log.");

        assertThat(result.text()).isEqualTo("it failed.");
        assertThat(result.fix()).isEqualTo("Check the log.");
    }

    /** The verdict consists of this sentence, so it has to name the server. */
    @Test
    void at_failure_beginsItsSentenceWithTheServer() {
        StageResult result = DoctorStage.ROLE.failed("wrong_server_role", "standby, but it must not be", "Change it.");

        assertThat(requireNonNull(result.at("db:5432").failure()).sentence())
                .isEqualTo("db:5432: standby, but it must not be.");
        assertThat(requireNonNull(result.at("").failure()).sentence()).isEqualTo("standby, but it must not be.");
    }

    @ParameterizedTest
    @EnumSource(StageStatus.class)
    void isFailed_eachStatus_isTrueOnlyForAFailure(StageStatus status) {
        StageResult result = new StageResult(DoctorStage.DNS, "", status, null, "", "", Duration.ZERO, Map.of());

        assertThat(result.isFailed()).isEqualTo(status == StageStatus.FAILED);
    }

    /** The documentation, the schema and scripts use these names. */
    @Test
    void code_ofEveryStage_isPinned() {
        assertThat(Arrays.stream(DoctorStage.values()).map(DoctorStage::code))
                .containsExactly(
                        "settings",
                        "credentials",
                        "aws_clock",
                        "dns",
                        "tcp",
                        "tls",
                        "authentication",
                        "database",
                        "role",
                        "version",
                        "pooler",
                        "headroom",
                        "clock",
                        "round_trip");
    }
}
