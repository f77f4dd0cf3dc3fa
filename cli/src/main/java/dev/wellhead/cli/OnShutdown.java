package dev.wellhead.cli;

/**
 * Runs an action if a signal (INT, TERM, HUP) ends the process while a command runs, so that the command prints what it has
 * found. The exit code is then 128 plus the number of the signal.
 */
final class OnShutdown implements AutoCloseable {

    private final Thread hook;

    private OnShutdown(Thread hook) {
        this.hook = hook;
    }

    /** Registers the action until the result is closed. It runs in a thread of its own. */
    static OnShutdown run(Runnable action) {
        Thread hook = new Thread(action, "wellhead-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return new OnShutdown(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the action runs already
        }
    }
}
