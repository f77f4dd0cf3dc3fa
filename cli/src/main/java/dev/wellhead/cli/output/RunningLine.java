package dev.wellhead.cli.output;

/**
 * Shows what a command does at the moment, and for how many seconds, below the lines that it has printed. Redrawn once a
 * second. Thread-safe.
 */
public final class RunningLine implements AutoCloseable {

    private static final long SECOND_MILLIS = 1_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final ProgressLine line;
    private String text = "";
    private long begin;
    private boolean closed;

    /** Starts a thread if the line is visible. */
    public RunningLine(ProgressLine line) {
        this.line = line;
        if (line.isVisible()) {
            Thread thread = new Thread(this::redrawEverySecond, "wellhead-running-line");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Shows what is done from now on. */
    public synchronized void show(String activity) {
        text = activity;
        begin = System.nanoTime();
        draw();
    }

    /** Prints lines, and shows the activity below them. */
    public synchronized void print(Runnable lines) {
        line.erase();
        lines.run();
        draw();
    }

    private void draw() {
        if (!closed && !text.isEmpty()) {
            long seconds = (System.nanoTime() - begin) / SECOND_NANOS;
            line.update(seconds == 0 ? text + " ..." : text + " ... " + seconds + " s");
        }
    }

    private synchronized void redrawEverySecond() {
        try {
            while (!closed) {
                wait(SECOND_MILLIS);
                draw();
            }
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
    }

    /** Erases the line and ends the thread. */
    @Override
    public synchronized void close() {
        closed = true;
        line.erase();
        notifyAll();
    }
}
