package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ShortTimesTest {

    /** A count of two to the power of 18 is full, and is looked at once in 4,096 times. */
    private static final int FULL = (1 << 18) + 4_096;

    private static final List<Double> BUCKETS = List.of(0.00001, 0.0001, 0.001, 0.1);

    private final List<String> drained = new ArrayList<>();
    private final AtomicInteger crowds = new AtomicInteger();
    private final ShortTimes times = new ShortTimes(BUCKETS, crowds::incrementAndGet);

    @Test
    void count_timesOfEveryBucket_areApart() {
        times.open();
        for (long nanos : new long[] {0, 10_000, 10_001, 100_000, 100_001, 999_999}) {
            assertThat(times.count(nanos)).isTrue();
        }

        assertThat(drain()).isEqualTo(6);
        assertThat(drain()).isZero();

        assertThat(drained).containsExactly("2 of 10000", "2 of 110001", "2 of 1100000");
    }

    @Test
    void count_aMillisecondOrLonger_isLeftToTheCaller() {
        times.open();

        assertThat(times.count(1_000_000)).isFalse();
        assertThat(drain()).isZero();
    }

    @Test
    void count_beforeItIsOpen_isLeftToTheCaller() {
        assertThat(times.count(1)).isFalse();
        assertThat(drain()).isZero();
        assertThat(times.count(1)).isFalse();
    }

    @Test
    void count_longCrowd_isSaidNowAndThen() {
        times.open();
        for (int i = 0; i < 4_095; i++) {
            times.count(1);
        }
        assertThat(crowds).hasValue(0);

        for (int i = 0; i < 8_192; i++) {
            times.count(1);
        }

        assertThat(crowds).hasValue(2);
    }

    @Test
    void count_full_leavesTheRestToTheCallerUntilItIsDrained() {
        times.open();
        int counted = 0;
        while (times.count(999_999)) {
            counted++;
        }
        assertThat(counted).isEqualTo(FULL);
        assertThat(times.count(1)).as("of another bucket").isFalse();

        assertThat(drain()).isEqualTo(FULL);

        assertThat(drained).containsExactly(FULL + " of " + FULL * 999_999L);
        assertThat(times.count(999_999)).isTrue();
    }

    @Test
    void close_leavesWhatWasCountedToBeDrainedAndTheRestToTheCaller() {
        times.open();
        times.count(5);
        times.close();

        assertThat(times.count(5)).isFalse();
        assertThat(drain()).isEqualTo(1);
        assertThat(times.count(5)).isFalse();
    }

    @Test
    void count_fromManyThreads_isExact() throws InterruptedException {
        ShortTimes shared = new ShortTimes(BUCKETS, () -> {});
        shared.open();
        LongAdder counts = new LongAdder();
        LongAdder sum = new LongAdder();
        ShortTimes.Drain adder = (count, nanos) -> {
            counts.add(count);
            sum.add(nanos);
        };
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 50_000; n++) {
                    if (!shared.count(n)) {
                        throw new AssertionError("there is room");
                    }
                    if (n % 10_000 == 0) {
                        shared.drainTo(adder);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        shared.drainTo(adder);

        assertThat(counts.sum()).isEqualTo(300_000);
        assertThat(sum.sum()).isEqualTo(6 * (49_999L * 50_000 / 2));
    }

    private long drain() {
        return times.drainTo((count, nanos) -> drained.add(count + " of " + nanos));
    }
}
