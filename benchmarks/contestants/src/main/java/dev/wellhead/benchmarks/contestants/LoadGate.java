package dev.wellhead.benchmarks.contestants;

/** Pauses, resumes and stops the threads of the load. Thread-safe. */
final class LoadGate {

    private boolean paused;
    private boolean stopped;

    /** {@return whether the load continues; waits while it is paused} */
    synchronized boolean isOpen() {
        try {
            while (paused && !stopped) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !stopped;
    }

    synchronized void pause() {
        paused = true;
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
