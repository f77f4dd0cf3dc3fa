package dev.wellhead.internal.files;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the accesses that run at the same time: per file, so that retries do not add threads to those that hang, and in
 * all. A file has a second slot because an access can hang at something that no longer has this path: a pipe that has
 * been replaced by a regular file. Thread-safe.
 */
final class FileSlots {

    static final int PER_FILE = 2;
    private static final int IN_ALL = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<Path, Integer> running = new HashMap<>();
    private int all;

    /** {@return whether there was a free slot before the deadline} An interrupt does not end the wait. */
    boolean acquire(Path file, long deadline) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (all >= IN_ALL || running.getOrDefault(file, 0) >= PER_FILE) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    boolean unused = released.await(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            all++;
            running.put(file, running.getOrDefault(file, 0) + 1);
            return true;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void release(Path file) {
        lock.lock();
        try {
            all--;
            int others = running.getOrDefault(file, 1) - 1;
            if (others == 0) {
                running.remove(file);
            } else {
                running.put(file, others);
            }
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
