package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.LogCapture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class MaintenanceTest {

    private final FakeTimer timer = new FakeTimer();
    private LongSupplier step = () -> 1_000;
    private final Maintenance maintenance = new Maintenance(() -> step.getAsLong(), timer);

    @Test
    void run_step_schedulesTheNextStepAfterTheReturnedDelay() {
        maintenance.schedule(1_000);
        step = () -> 25;
        timer.runLast();

        assertThat(timer.delays).containsExactly(1_000L, 25L);
        assertThat(timer.pending()).containsExactly(25L);
    }

    @Test
    void run_stepThatFails_isRepeatedAfterFiveSeconds() {
        maintenance.schedule(1_000);
        step = () -> {
            throw new AssertionError("broken");
        };
        try (LogCapture log = LogCapture.start()) {
            timer.runLast();

            assertThat(log.messages(Level.WARN))
                    .containsExactly("A maintenance step failed. It is repeated in 5000 ms.");
        }
        assertThat(timer.pending()).containsExactly(5_000L);
    }

    @Test
    void wake_beforeAStep_takesItSoonInPlaceOfTheScheduledOne() {
        maintenance.schedule(1_000);
        maintenance.wake();

        assertThat(timer.pending()).containsExactly(0L);
    }

    /** A step that is due can wait for a thread; it must not wait more than once. */
    @Test
    void wake_again_schedulesNothingUntilTheStepHasBegun() {
        maintenance.schedule(1_000);
        maintenance.wake();
        maintenance.wake();
        assertThat(timer.delays).containsExactly(1_000L, 0L);

        timer.runLast();
        maintenance.wake();
        assertThat(timer.delays).containsExactly(1_000L, 0L, 1_000L, 0L);
    }

    @Test
    void wake_duringAStep_takesAnotherOneSoon() {
        maintenance.schedule(1_000);
        step = () -> {
            maintenance.wake();
            return 1_000;
        };
        timer.runLast();

        assertThat(timer.pending()).containsExactly(0L);

        step = () -> 1_000;
        timer.runLast();
        assertThat(timer.pending()).containsExactly(1_000L);
    }

    @Test
    void stop_scheduledStep_isCancelledAndNoneFollows() {
        maintenance.schedule(1_000);
        maintenance.stop();
        maintenance.wake();

        assertThat(timer.pending()).isEmpty();
        assertThat(timer.delays).containsExactly(1_000L);
    }

    @Test
    void stop_duringAStep_noneFollows() {
        maintenance.schedule(1_000);
        step = () -> {
            maintenance.stop();
            return 25;
        };
        timer.runLast();

        assertThat(timer.pending()).isEmpty();
    }

    @Test
    void run_duringAStep_doesNotOverlapIt() {
        AtomicInteger steps = new AtomicInteger();
        step = () -> {
            steps.incrementAndGet();
            maintenance.run();
            return 1_000;
        };
        maintenance.run();

        assertThat(steps).hasValue(1);
        assertThat(timer.pending()).containsExactly(1_000L);
    }

    @Test
    void run_afterStop_takesNoStep() {
        step = () -> {
            throw new AssertionError("stopped");
        };
        maintenance.stop();

        maintenance.run();

        assertThat(timer.delays).isEmpty();
    }
}
