package dev.wellhead.benchmarks.contestants;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Prints every operation as one line of fields, separated by tabs: thread, {@code r} or {@code w}, the microseconds
 * since 1970 when it began, acquired a connection and ended (0 if it did not), outcome, SQLSTATE, message. Thread-safe.
 */
final class OperationLog {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int LONGEST_MESSAGE = 300;

    private final PrintStream out;

    OperationLog(PrintStream out) {
        this.out = out;
    }

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO;
    }

    void answered(int thread, boolean write, long began, long acquired) {
        print(thread, write, began, acquired, now(), "ok", "", "");
    }

    void failed(int thread, boolean write, long began, long acquired, Exception failure) {
        String state = failure instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
        String message = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        print(
                thread,
                write,
                began,
                acquired,
                now(),
                "failed",
                state,
                message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    }

    void pending(int thread, boolean write, long began, long acquired) {
        print(thread, write, began, acquired, 0, "pending", "", "");
    }

    private void print(
            int thread,
            boolean write,
            long began,
            long acquired,
            long ended,
            String outcome,
            String state,
            String message) {
        out.println(String.join(
                "\t",
                Integer.toString(thread),
                write ? "w" : "r",
                Long.toString(began),
                Long.toString(acquired),
                Long.toString(ended),
                outcome,
                state,
                message));
    }
}
