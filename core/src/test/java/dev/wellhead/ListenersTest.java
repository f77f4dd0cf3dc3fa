package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ListenersTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void tell_oneThatThrows_isLoggedOnceAndDisturbsNobody() {
        DatabaseListener broken = new DatabaseListener() {
            @Override
            public void rotationCompleted(long generation) {
                throw new IllegalStateException("broken");
            }
        };
        DatabaseListener good = new DatabaseListener() {
            @Override
            public void rotationCompleted(long generation) {
                told.add("completed " + generation);
            }
        };
        try (LogCapture log = LogCapture.start()) {
            Listeners listeners = new Listeners(List.of(broken, good));

            listeners.rotationCompleted(1);
            listeners.rotationCompleted(2);

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
}
