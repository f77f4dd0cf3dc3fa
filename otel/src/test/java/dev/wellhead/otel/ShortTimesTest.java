package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ShortTimesTest {

    private final List<String> drained = new ArrayList<>();
    private final ShortTimes.Drain recorder = new ShortTimes.Drain() {
        @Override
        public void waited(long count, long nanos) {
            drained.add(count + " waits of " + nanos);
        }

        @Override
        public void used(long count) {
            drained.add(count + " uses");
        }
    };

    @Test
    void drain_waitsOfEveryBucket_areApart() {
        ShortTimes times = new ShortTimes(1, recorder);
        times.waited(0);
        times.waited(10_000);
        times.waited(10_001);
        times.waited(100_000);
        times.waited(100_001);
        times.waited(999_999);
        times.used();

        times.drainTo(recorder);
        times.drainTo(recorder);

        assertThat(drained).containsExactly("2 waits of 10000", "2 waits of 110001", "2 waits of 1100000", "1 uses");
    }

    @Test
    void cell_thatIsFull_isRelievedALittleAtATimeAndLosesNothing() {
        LongAdder waits = new LongAdder();
        LongAdder nanos = new LongAdder();
        LongAccumulator most = new LongAccumulator(Math::max, 0);
        ShortTimes.Drain adder = new ShortTimes.Drain() {
            @Override
            public void waited(long count, long sum) {
                most.accumulate(count);
                waits.add(count);
                nanos.add(sum);
            }

            @Override
            public void used(long count) {
                throw new AssertionError("nobody used anything");
            }
        };
        ShortTimes times = new ShortTimes(1, adder);
        for (int i = 0; i < 600_000; i++) {
            times.waited(999_999);
        }
        assertThat(most.get()).as("recorded by one borrower at once").isEqualTo(64);

        times.drainTo(adder);

        assertThat(waits.sum()).isEqualTo(600_000);
        assertThat(nanos.sum()).isEqualTo(600_000L * 999_999);
    }

    @Test
    void count_fromManyThreads_isExact() throws InterruptedException {
        LongAdder waits = new LongAdder();
        LongAdder uses = new LongAdder();
        ShortTimes.Drain adder = new ShortTimes.Drain() {
            @Override
            public void waited(long count, long nanos) {
                waits.add(count);
            }

            @Override
            public void used(long count) {
                uses.add(count);
            }
        };
        ShortTimes times = new ShortTimes(4, adder);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 50_000; n++) {
                    times.waited(n);
                    times.used();
                    if (n % 10_000 == 0) {
                        times.drainTo(adder);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        times.drainTo(adder);

        assertThat(waits.sum()).isEqualTo(300_000);
        assertThat(uses.sum()).isEqualTo(300_000);
    }
}
