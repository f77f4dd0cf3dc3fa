package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UseTest {

    private final AtomicLong clock = new AtomicLong();
    private final Use use = new Use(clock::get);
    private final List<Long> told = new ArrayList<>();
    private final Executor pool = task -> {};
    private final Executor borrower = task -> {};

    @Test
    void end_afterSomethingWasSent_tellsNanosecondsSinceTheFirstByte() {
        use.tell(ending -> told.add(ending.getAsLong()));
        sentAt(100);
        sentAt(150);
        endsAt(400);
        endsAt(500);
        sentAt(600);
        endsAt(610);

        assertThat(told).containsExactly(300L, 10L);
    }

    @Test
    void end_announcedMoreThanOnce_countsFromTheFirstByteAllTheSame() {
        List<java.util.function.LongSupplier> announced = new ArrayList<>();
        use.tell(announced::add);
        sentAt(100);
        endsAt(200);
        sentAt(250);
        endsAt(300);

        assertThat(announced).hasSize(2);
        assertThat(announced.get(1).getAsLong()).isEqualTo(200);
    }

    @Test
    void end_onAnotherThread_isRefusedAndEndsNothing() throws InterruptedException {
        use.tell(ending -> {
            Thread other = new Thread(() -> told.add(ending.getAsLong()));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            told.add(ending.getAsLong());
        });
        sentAt(100);
        endsAt(200);

        assertThat(told).containsExactly(-1L, 100L);
    }

    @Test
    void end_afterHikariCpValidated_tellsNothing() {
        use.tell(ending -> told.add(ending.getAsLong()));
        use.networkTimeoutSet(pool);
        sentAt(100);
        use.networkTimeoutSet(pool);
        endsAt(200);

        assertThat(told).isEmpty();
    }

    @Test
    void end_afterTheBorrowerSetTheTimeoutAndHikariCpSetItBack_countsFromTheFirstByteAllTheSame() {
        use.tell(ending -> told.add(ending.getAsLong()));
        use.networkTimeoutSet(pool);
        use.networkTimeoutSet(borrower);
        sentAt(100);
        use.networkTimeoutSet(pool);
        endsAt(200);

        assertThat(told).containsExactly(100L);
    }

    @Test
    void end_afterTheBorrowerSetTheTimeoutInTheUseBefore_stillForgetsWhatHikariCpSends() {
        use.tell(ending -> told.add(ending.getAsLong()));
        use.networkTimeoutSet(pool);
        use.networkTimeoutSet(borrower);
        endsAt(50);
        use.networkTimeoutSet(pool);
        sentAt(100);
        use.networkTimeoutSet(pool);
        endsAt(200);

        assertThat(told).isEmpty();
    }

    @Test
    void sent_whileNobodyWantsToKnow_readsNoClock() {
        Use unwatched = new Use(() -> {
            throw new AssertionError("the clock was read");
        });

        unwatched.sent();
        unwatched.mayEnd();
    }

    private void sentAt(long nanos) {
        clock.set(nanos);
        use.sent();
    }

    private void endsAt(long nanos) {
        clock.set(nanos);
        use.mayEnd();
    }
}
