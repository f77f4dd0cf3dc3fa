package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the store: one look at a time and not too often, on a background thread. Whoever wants to know waits as long
 * as it can and no longer; what a look finds after that still counts. A store that failed is left alone for a moment,
 * and whoever asks meanwhile is told of the failure at once. Thread-safe; blocks no carrier of virtual threads.
 */
final class Lookout {

    /** What is looked at. */
    interface Secret {
        /** {@return what is known of it; null before the first look that succeeded} */
        @Nullable
        CredentialsSet known();

        /**
         * Looks once.
         *
         * @param fruitless how many looks in a row have found nothing new
         * @return whether it found something new
         */
        boolean look(int fruitless) throws CredentialsException;

        /** {@return what to tell somebody who could not wait for the answer} */
        CredentialsException late(Duration waited);

        /** {@return what to tell about a look that ended as none should} */
        CredentialsException broken(Throwable thrown);
    }

    /** Several times what a call may take: name resolution and the search for an identity have limits of their own. */
    private static final long LONGEST_LOOK_NANOS = Duration.ofSeconds(15).toNanos();

    /** While all background threads are busy. */
    private static final long NO_THREAD_NANOS = Duration.ofMillis(20).toNanos();

    private final Secret secret;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition landed = lock.newCondition();
    private @Nullable Look underWay;
    private @Nullable CredentialsException failure;
    private long notBefore;
    private int failures;
    private int fruitless;

    Lookout(Secret secret, Timing timing) {
        this.secret = secret;
        this.timing = timing;
        this.notBefore = timing.now();
    }

    /** Starts a look unless one is under way or it is too soon. */
    void begin() {
        lock.lock();
        try {
            if (!isLooking() && notBefore - timing.now() <= 0) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return something newer than a generation, or what is known when nothing newer was found in time}
     *
     * @param generation what is not enough
     * @param tries after how many failed looks to give up where the store may recover, above zero
     * @throws CredentialsException when the store failed, or did not answer within {@code budget}
     */
    CredentialsSet newerThan(long generation, int tries, Duration budget) throws CredentialsException {
        long deadline = timing.now() + budget.toNanos();
        lock.lock();
        try {
            // a failure that stands is one that this caller has met
            int failuresBefore = failure != null && notBefore - timing.now() > 0 ? failures - 1 : failures;
            while (true) {
                CredentialsSet known = secret.known();
                if (known != null && known.generation() > generation) {
                    return known;
                }
                long now = timing.now();
                long wait = notBefore - now;
                boolean looking = isLooking();
                if (!looking && wait <= 0) {
                    if (!start()) {
                        if (deadline - now <= 0) {
                            throw secret.late(budget);
                        }
                        timing.pause(landed, Math.min(NO_THREAD_NANOS, deadline - now));
                    }
                } else if (looking) {
                    if (deadline - now <= 0 || landed.awaitNanos(deadline - now) <= 0) {
                        throw secret.late(budget);
                    }
                } else {
                    CredentialsException failed = failure;
                    boolean tooLate = notBefore - deadline >= 0;
                    if (failed != null && (tooLate || failures - failuresBefore >= tries || !mayPass(failed))) {
                        // a new exception per caller: the stack of the thread that looked would mislead
                        throw new CredentialsException(String.valueOf(failed.getMessage()), failed);
                    }
                    if (tooLate) {
                        if (known == null) {
                            throw secret.late(budget);
                        }
                        return known;
                    }
                    timing.pause(landed, wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException("Interrupted while waiting for the secret.", e);
        } finally {
            lock.unlock();
        }
    }

    private static boolean mayPass(CredentialsException failed) {
        return failed.getCause() instanceof StoreException store
                && store.failure().mayPass();
    }

    private boolean isLooking() {
        Look look = underWay;
        return look != null && timing.now() - look.since < LONGEST_LOOK_NANOS;
    }

    private boolean start() {
        Look look = new Look(timing.now(), fruitless, secret.known() == null);
        boolean started = Background.run(look);
        underWay = started ? look : underWay;
        return started;
    }

    private void land(Look look, boolean news, @Nullable CredentialsException failed) {
        lock.lock();
        try {
            failure = failed;
            if (failed != null) {
                notBefore = timing.retryAt(++failures);
            } else if (news) {
                failures = 0;
                fruitless = 0;
                // a login that is refused right after the first fetch deserves a look of its own
                notBefore = look.isFirst ? timing.now() : timing.nextLookAt();
            } else {
                failures = 0;
                notBefore = timing.nextPollAt(++fruitless);
            }
            if (underWay == look) {
                underWay = null;
            }
            landed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Look implements Runnable {

        private final long since;
        private final int fruitlessBefore;
        private final boolean isFirst;

        Look(long since, int fruitlessBefore, boolean isFirst) {
            this.since = since;
            this.fruitlessBefore = fruitlessBefore;
            this.isFirst = isFirst;
        }

        @Override
        public void run() {
            boolean news = false;
            CredentialsException failed = null;
            try {
                news = secret.look(fruitlessBefore);
            } catch (CredentialsException e) {
                failed = e;
            } catch (RuntimeException | Error broken) {
                // a class that is missing, say: whoever waits is told
                failed = secret.broken(broken);
            }
            land(this, news, failed);
        }
    }
}
