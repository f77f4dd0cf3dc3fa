package dev.wellhead.internal.pool.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadyConnectionTest {

    private static final long LONG_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final ReadyConnection ready = new ReadyConnection();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private volatile @Nullable Thread waiter;

    @AfterEach
    void endThread() {
        executor.shutdownNow();
    }

    @Test
    void await_connectionPutMeanwhile_getsItWithoutDelay() throws Exception {
        Future<@Nullable Connection> waiting = startWaiting();
        Connection connection = OfflineConnections.open();

        assertThat(ready.put(connection)).isNull();
        assertThat(ready.takeUnneeded())
                .as("it belongs to the thread that waits")
                .isNull();

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isSameAs(connection);
        assertThat(ready.isReady()).isFalse();
    }

    @Test
    void await_closedMeanwhile_returnsNothing() throws Exception {
        Future<@Nullable Connection> waiting = startWaiting();

        ready.close();

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isNull();
        assertThat(ready.isClosed()).isTrue();
    }

    @Test
    void await_nothingReady_returnsNothingAfterTheTime() throws Exception {
        assertThat(ready.await(1)).isNull();
    }

    @Test
    void await_closedBefore_leavesTheConnectionToItsOwner() throws Exception {
        Connection connection = OfflineConnections.open();
        ready.put(connection);
        ready.close();

        assertThat(ready.await(LONG_MILLIS)).isNull();
        assertThat(ready.takeUnneeded()).isSameAs(connection);
    }

    @Test
    void put_anotherIsReady_returnsThatOne() {
        Connection first = OfflineConnections.open();
        ready.put(first);

        assertThat(ready.put(OfflineConnections.open())).isSameAs(first);
    }

    private Future<@Nullable Connection> startWaiting() {
        Future<@Nullable Connection> waiting = executor.submit(() -> {
            waiter = Thread.currentThread();
            return ready.await(LONG_MILLIS);
        });
        Await.until(Duration.ofMinutes(1), "the thread waits", () -> {
            Thread started = waiter;
            return started != null && started.getState() == Thread.State.TIMED_WAITING;
        });
        return waiting;
    }

    @Test
    void isClosed_eachState_isReported() throws SQLException {
        Connection connection = OfflineConnections.open();
        assertThat(ReadyConnection.isClosed(connection)).isFalse();
        connection.close();
        assertThat(ReadyConnection.isClosed(connection)).isTrue();
        assertThat(ReadyConnection.isClosed(OfflineConnections.broken())).isTrue();
    }
}
