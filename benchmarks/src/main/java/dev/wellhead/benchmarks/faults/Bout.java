package dev.wellhead.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/** One fault in one round, as its script sees it: the contestants, the clock, and the two times of the fault. */
final class Bout implements AutoCloseable {

    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final long POLL_MILLIS = 20;

    private final Arena arena;
    private final Fault fault;
    private final Phaser startingLine;
    private final Map<Contestant, ContestantProcess> processes = new EnumMap<>(Contestant.class);
    private final Map<Contestant, Timeline> timelines = new EnumMap<>(Contestant.class);
    private int threads;
    private long began;
    private long ended;

    /**
     * @param startingLine where faults that are injected at the same time wait for each other's contestants
     */
    Bout(Arena arena, Fault fault, Phaser startingLine) {
        this.arena = arena;
        this.fault = fault;
        this.startingLine = startingLine;
    }

    /** Starts the contestants. Returns when their load has run for two seconds. */
    void start(LoadSetup setup) throws IOException, InterruptedException {
        threads = setup.threads();
        for (Contestant contestant : fault.contestants()) {
            // one after another, because their starts need all processors
            ContestantProcess process = arena.start(contestant, fault, setup);
            processes.put(contestant, process);
            process.awaitReady();
        }
        startingLine.arriveAndAwaitAdvance();
        pass(CALM);
    }

    /** The fault begins now. */
    void begin() {
        began = now();
    }

    /** The fault ends now. */
    void end() {
        ended = now();
    }

    /** The fault is a single event, which happens now. */
    void strike() {
        begin();
        ended = began;
    }

    /** {@return a directory for the files of this fault} */
    Path directory() throws IOException {
        return arena.directory(fault);
    }

    void pauseLoad() throws IOException {
        for (ContestantProcess process : processes.values()) {
            process.send("pause");
        }
    }

    void resumeLoad() throws IOException {
        for (ContestantProcess process : processes.values()) {
            process.send("resume");
        }
    }

    void pass(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /**
     * Waits until every thread of every contestant has had a success after the end of the fault, but not longer than
     * this. Then stops the load, before the script ends and closes its servers.
     */
    void watch(Duration limit) throws IOException, InterruptedException {
        long until = now() + TimeUnit.NANOSECONDS.toMicros(limit.toNanos());
        while (!allBack() && now() < until) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        pass(AFTER);
        long stopped = now();
        for (Map.Entry<Contestant, ContestantProcess> process : processes.entrySet()) {
            List<Operation> operations = process.getValue().stop();
            timelines.put(process.getKey(), new Timeline(operations, threads, began, ended, stopped));
        }
    }

    /** {@return what each contestant did} */
    Map<Contestant, Timeline> timelines() {
        return timelines;
    }

    @Override
    public void close() {
        processes.values().forEach(ContestantProcess::close);
        startingLine.arriveAndDeregister();
    }

    private boolean allBack() {
        for (ContestantProcess process : processes.values()) {
            if (!process.isBack(ended)) {
                return false;
            }
        }
        return true;
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
