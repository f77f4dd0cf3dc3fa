package dev.wellhead.internal.pool.rotation;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The parts that a rotation uses, and the events that it reports. */
final class RotationFakes {

    final List<String> events = new CopyOnWriteArrayList<>();
    final FakePool pool = new FakePool().idle(1, 1);
    final FakeClock clock = new FakeClock();
    final FakeTimer timer = new FakeTimer();
    final FakeCredentials credentials = new FakeCredentials();

    static ConnectionFailedException refused(String message) {
        return new ConnectionFailedException(message, "28P01", FailureKind.CREDENTIALS_REFUSED, null);
    }

    /** {@return a rotation of these parts, which is notified of the connections that the pool opens} */
    Rotation rotation(Duration budget) {
        DatabaseListener listener = new DatabaseListener() {
            @Override
            public void rotationProven(RotationProven event) {
                events.add("proven " + event.generation() + ", " + event.retiring() + " retire");
            }

            @Override
            public void rotationCompleted(RotationCompleted event) {
                events.add("completed " + event.generation() + ", " + event.retired() + " retired in "
                        + event.duration().toMillis() + " ms");
            }
        };
        Rotation created = new Rotation(
                new RotationReport("Database 'default'", "a vault", "default", listener),
                credentials,
                pool,
                pool,
                clock,
                budget);
        pool.opened = created::opened;
        return created;
    }
}
