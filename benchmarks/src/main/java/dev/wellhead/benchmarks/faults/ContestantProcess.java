package dev.wellhead.benchmarks.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process of one contestant during one fault. Thread-safe. */
final class ContestantProcess implements AutoCloseable {

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 5;

    private final Path log;
    private final Process process;
    private final BufferedWriter commands;
    private final long[] lastSuccess;
    private final List<Operation> operations = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean started;

    private ContestantProcess(Process process, int threads, Path log) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.lastSuccess = new long[threads];
        this.log = log;
        this.reader = new Thread(this::read, "contestant");
    }

    /** Starts a contestant. Its environment contains only the given variables. */
    static ContestantProcess start(List<String> command, Map<String, String> environment, int threads, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        ContestantProcess contestant = new ContestantProcess(builder.start(), threads, log);
        contestant.reader.setDaemon(true);
        contestant.reader.start();
        return contestant;
    }

    void awaitReady() throws IOException, InterruptedException {
        boolean inTime = ready.await(START_SECONDS, TimeUnit.SECONDS);
        if (!inTime || !started) {
            throw new IOException("A contestant did not start. It logged to " + log + ".\n" + Files.readString(log));
        }
    }

    void send(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
    }

    /** {@return whether every thread has had a success since this time} */
    synchronized boolean isBack(long since) {
        for (long success : lastSuccess) {
            if (success < since) {
                return false;
            }
        }
        return true;
    }

    /** {@return every operation} Stops the load. A contestant that has ended by itself is not back, and is reported. */
    List<Operation> stop() throws IOException, InterruptedException {
        try {
            send("stop");
        } catch (IOException e) {
            System.out.println("A contestant has ended by itself: " + Files.readString(log));
        }
        reader.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        synchronized (this) {
            return List.copyOf(operations);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter kept = Files.newBufferedWriter(log.resolveSibling(log.getFileName() + ".operations"))) {
            for (String line = lines.readLine(); line != null && !line.equals("done"); line = lines.readLine()) {
                if (line.equals("ready")) {
                    started = true;
                    ready.countDown();
                } else if (line.indexOf('\t') > 0) {
                    record(Operation.parse(line));
                    kept.write(line);
                    kept.newLine();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.countDown();
        }
    }

    private synchronized void record(Operation operation) {
        operations.add(operation);
        if (operation.isAnswered()) {
            lastSuccess[operation.thread()] = operation.ended();
        }
    }
}
