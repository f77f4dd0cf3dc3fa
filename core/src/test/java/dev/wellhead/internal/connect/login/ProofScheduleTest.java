package dev.wellhead.internal.connect.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofScheduleTest {

    private final ProofSchedule schedule = new ProofSchedule();

    @Test
    void isDue_afterFailures_waitsLongerEachTimeUpToHalfAMinute() {
        schedule.begin(1, 0, 0);
        List<Long> proofs = new ArrayList<>();
        for (long now = 0; now <= 125_000; now += 500) {
            if (schedule.isDue(now)) {
                proofs.add(now);
                assertThat(schedule.failed(now)).isEqualTo(proofs.size() == 1);
            }
        }
        assertThat(proofs).containsExactly(0L, 1_000L, 3_000L, 7_000L, 15_000L, 31_000L, 61_000L, 91_000L, 121_000L);
    }

    @Test
    void begin_anotherSet_isDueImmediately() {
        assertThat(schedule.begin(1, 0, 0)).isTrue();
        schedule.failed(0);
        assertThat(schedule.begin(1, 0, 100)).isFalse();
        assertThat(schedule.isDue(100)).isFalse();

        assertThat(schedule.begin(2, 0, 100)).isTrue();
        assertThat(schedule.isDue(100)).isTrue();
        assertThat(schedule.failed(100)).isTrue();
    }

    /** A secret that names the previous place again has another generation, and no place that is not proven. */
    @Test
    void begin_anotherSetAtAnotherPlace_isDueImmediately() {
        schedule.begin(5, 1, 0);
        schedule.failed(0);

        assertThat(schedule.begin(6, 0, 100)).isTrue();
        assertThat(schedule.isDue(100)).isTrue();
    }

    @Test
    void begin_sameSetAtAnotherPlace_isDueImmediately() {
        schedule.begin(5, 1, 0);
        schedule.failed(0);

        assertThat(schedule.begin(5, 2, 100)).isTrue();
        assertThat(schedule.isDue(100)).isTrue();
    }
}
