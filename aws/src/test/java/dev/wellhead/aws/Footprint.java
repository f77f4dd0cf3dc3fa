package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this JVM uses at one moment.
 *
 * @param heapBytes the heap after a collection
 * @param threads the live threads
 * @param descriptors the open file descriptors, 0 if the system does not count them
 */
record Footprint(long heapBytes, int threads, long descriptors) {

    private static final long HEAP_TOLERANCE = 4 << 20;
    private static final int COUNT_TOLERANCE = 8;

    static Footprint now() {
        return new Footprint(
                heapAfterCollection(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        ? unix.getOpenFileDescriptorCount()
                        : 0);
    }

    /** The smallest of several, because a collection does not free what finalizers and reference queues still hold. */
    private static long heapAfterCollection() {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            smallest = Math.min(
                    smallest,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return smallest;
    }

    /** Fails if this is more than {@code before}, apart from what a busy process varies by. */
    void assertNotAbove(Footprint before) {
        assertThat(heapBytes).as("heap").isLessThanOrEqualTo(before.heapBytes + HEAP_TOLERANCE);
        assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + COUNT_TOLERANCE);
        assertThat(descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors + COUNT_TOLERANCE);
    }
}
