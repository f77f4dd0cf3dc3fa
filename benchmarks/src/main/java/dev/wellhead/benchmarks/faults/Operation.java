package dev.wellhead.benchmarks.faults;

/**
 * One operation of one thread: acquire a connection, run a statement, return the connection. Times are microseconds
 * since 1970.
 *
 * @param acquired when it acquired the connection; 0 if it did not
 * @param ended when it ended; 0 if it has not ended
 * @param sqlState the SQLSTATE of the failure; empty if there is none
 * @param message the message of the failure
 */
record Operation(
        int thread,
        boolean write,
        long began,
        long acquired,
        long ended,
        Outcome outcome,
        String sqlState,
        String message) {

    private static final int FIELDS = 8;

    /** How an operation ended. */
    enum Outcome {
        OK,
        FAILED,
        PENDING
    }

    /** {@return the operation in a line that a contestant printed} */
    static Operation parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not an operation: " + line);
        }
        return new Operation(
                Integer.parseInt(fields[0]),
                fields[1].equals("w"),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                switch (fields[5]) {
                    case "ok" -> Outcome.OK;
                    case "failed" -> Outcome.FAILED;
                    default -> Outcome.PENDING;
                },
                fields[6],
                fields[7]);
    }

    boolean isAnswered() {
        return outcome == Outcome.OK;
    }

    /** {@return whether acquiring the connection failed} */
    boolean isFailedBorrow() {
        return outcome == Outcome.FAILED && acquired == 0;
    }

    /** {@return whether the statement was started and then failed or was never answered} */
    boolean isLostStatement() {
        return outcome != Outcome.OK && acquired != 0;
    }

    /** {@return when the operation ended, or {@code now} if it has not ended} */
    long endedOr(long now) {
        return ended == 0 ? now : ended;
    }

    /** {@return how long acquiring the connection took or has taken until {@code now}} */
    long borrowMicros(long now) {
        return (acquired == 0 ? endedOr(now) : acquired) - began;
    }
}
