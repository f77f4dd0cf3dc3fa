package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolFigures;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ListenersTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void tell_oneThatThrows_isLoggedOnceAndDisturbsNobody() {
        DatabaseListener broken = new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                throw new IllegalStateException("broken");
            }
        };
        DatabaseListener good = new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                told.add("completed " + event.generation());
            }
        };
        try (LogCapture log = LogCapture.start()) {
            Listeners listeners = new Listeners(List.of(broken, good));

            listeners.rotationCompleted(new Completed("pool", 1, Duration.ZERO, 0));
            listeners.rotationCompleted(new Completed("pool", 2, Duration.ZERO, 0));

            assertThat(told).containsExactly("completed 1", "completed 2");
            assertThat(log.messages(Level.WARN))
                    .containsExactly("A listener failed (" + broken.getClass().getName() + "); this is said once.");
        }
    }

    @Test
    void databaseClosed_twice_isPassedOnOnce() {
        Listeners listeners = new Listeners(List.of(new DatabaseListener() {
            @Override
            public void databaseClosed() {
                told.add("closed");
            }
        }));

        listeners.databaseClosed();
        listeners.databaseClosed();

        assertThat(told).containsExactly("closed");
    }

    @Test
    void events_afterDatabaseClosed_arePassedOnToNobody() {
        Listeners listeners = new Listeners(List.of(new Borrows("a"), new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                told.add("completed");
            }
        }));

        listeners.databaseClosed();
        listeners.rotationCompleted(new Completed("pool", 1, Duration.ZERO, 0));

        assertThat(listeners.poolOpening(new NoFigures())).isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void poolOpening_severalWhoWantToKnow_allAreToldOfEveryBorrow() {
        Listeners listeners = new Listeners(List.of(new Borrows("a"), new DatabaseListener() {}, new Borrows("b")));

        BorrowListener borrowing = Objects.requireNonNull(listeners.poolOpening(new NoFigures()));

        borrowing.acquired(7);
        borrowing.returned(8);
        borrowing.timedOut();
        assertThat(told)
                .containsExactly(
                        "a acquired 7", "b acquired 7", "a returned 8", "b returned 8", "a timed out", "b timed out");
    }

    @Test
    void poolOpening_nobodyWantsToKnow_isNull() {
        assertThat(new Listeners(List.of(new DatabaseListener() {})).poolOpening(new NoFigures()))
                .isNull();
    }

    private record Completed(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}

    private final class Borrows implements DatabaseListener {

        private final String who;

        Borrows(String who) {
            this.who = who;
        }

        @Override
        public BorrowListener poolOpening(PoolFigures pool) {
            return new BorrowListener() {
                @Override
                public void acquired(long nanos) {
                    told.add(who + " acquired " + nanos);
                }

                @Override
                public void returned(long millis) {
                    told.add(who + " returned " + millis);
                }

                @Override
                public void timedOut() {
                    told.add(who + " timed out");
                }
            };
        }
    }

    private static final class NoFigures implements PoolFigures {

        @Override
        public String name() {
            return "pool";
        }

        @Override
        public boolean isReader() {
            return false;
        }

        @Override
        public DatabaseSettings settings() {
            return Databases.resolve(Map.of());
        }

        @Override
        public int idle() {
            return 0;
        }

        @Override
        public int used() {
            return 0;
        }

        @Override
        public int pending() {
            return 0;
        }

        @Override
        public int maximumPoolSize() {
            return 0;
        }

        @Override
        public int minimumIdle() {
            return 0;
        }
    }
}
