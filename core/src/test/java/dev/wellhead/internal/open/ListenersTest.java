package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ListenersTest {

    private final List<String> notified = new ArrayList<>();

    @Test
    void event_listenerThatThrows_isLoggedOnceAndTheOthersAreNotified() {
        DatabaseListener broken = new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                throw new IllegalStateException("broken");
            }
        };
        DatabaseListener good = new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                notified.add("completed " + event.generation());
            }
        };
        try (LogCapture log = LogCapture.start()) {
            Listeners listeners = new Listeners(List.of(broken, good));

            listeners.rotationCompleted(new Completed("pool", 1, Duration.ZERO, 0));
            listeners.rotationCompleted(new Completed("pool", 2, Duration.ZERO, 0));

            assertThat(notified).containsExactly("completed 1", "completed 2");
            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "A database listener failed (" + broken.getClass().getName()
                                    + "). It is notified again; further failures are not logged.");
        }
    }

    @Test
    void close_twice_notifiesOnce() {
        Listeners listeners = new Listeners(List.of(new DatabaseListener() {
            @Override
            public void databaseClosed() {
                notified.add("closed");
            }
        }));

        listeners.close();
        listeners.close();

        assertThat(notified).containsExactly("closed");
    }

    @Test
    void events_afterClose_areNotPassedOn() {
        Listeners listeners = new Listeners(List.of(new Borrows("a"), new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                notified.add("completed");
            }
        }));

        listeners.close();
        listeners.rotationCompleted(new Completed("pool", 1, Duration.ZERO, 0));

        assertThat(listeners.poolOpening(noStats())).isNull();
        assertThat(notified).isEmpty();
    }

    @Test
    void poolOpening_severalBorrowListeners_allAreNotified() {
        Listeners listeners = new Listeners(List.of(new Borrows("a"), new DatabaseListener() {}, new Borrows("b")));

        BorrowListener borrowing = Objects.requireNonNull(listeners.poolOpening(noStats()));

        borrowing.acquired(7);
        borrowing.returned(8);
        borrowing.timedOut();
        assertThat(notified)
                .containsExactly(
                        "a acquired 7", "b acquired 7", "a returned 8", "b returned 8", "a timed out", "b timed out");
    }

    @Test
    void poolOpening_noBorrowListener_isNull() {
        assertThat(new Listeners(List.of(new DatabaseListener() {})).poolOpening(noStats()))
                .isNull();
    }

    private static PoolStats noStats() {
        return new ServiceEvents.NoPool("pool", Databases.resolve(Map.of()), false, 0, 0, 0, 0, 0);
    }

    private record Completed(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}

    private final class Borrows implements DatabaseListener {

        private final String who;

        Borrows(String who) {
            this.who = who;
        }

        @Override
        public BorrowListener poolOpening(PoolStats pool) {
            return new BorrowListener() {
                @Override
                public void acquired(long nanos) {
                    notified.add(who + " acquired " + nanos);
                }

                @Override
                public void returned(long millis) {
                    notified.add(who + " returned " + millis);
                }

                @Override
                public void timedOut() {
                    notified.add(who + " timed out");
                }
            };
        }
    }
}
