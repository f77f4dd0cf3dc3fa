package dev.wellhead.internal.pool.rotation;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the rotations of one pool and notifies its listener. */
public final class RotationReport {

    private final String subject;
    private final String source;
    private final String pool;
    private final DatabaseListener listener;

    /**
     * @param subject the beginning of each log line, such as {@code "Database 'ledger'"}
     * @param source the description of the credentials provider
     * @param pool the name of the pool
     */
    public RotationReport(String subject, String source, String pool, DatabaseListener listener) {
        this.subject = subject;
        this.source = source;
        this.pool = pool;
        this.listener = listener;
    }

    /** Logged at DEBUG: the provider itself warns. */
    void sourceFailed(Exception failure) {
        log().debug("{}: {} failed. The last good credentials stay in use.", subject, source, failure);
    }

    void found(String label) {
        log().info("{}: found new credentials in {} ({}). Trying them.", subject, source, label);
    }

    /**
     * Called for the first failed attempt to prove new credentials. A refusal is normal in the middle of a rotation. Any
     * other failure does not depend on the credentials.
     */
    void notProven(SQLException failure) {
        String event = isRefusal(failure)
                ? "the server does not accept the new credentials yet"
                : "the new credentials could not be tried";
        log().info("{}: {}. The present ones stay in use. {}", subject, event, failure.getMessage());
    }

    private static boolean isRefusal(SQLException failure) {
        return failure instanceof ConnectionFailedException failed && failed.kind() == FailureKind.CREDENTIALS_REFUSED;
    }

    /** Called if the server accepted the login with new credentials and then opened no session. */
    void provenWithoutSession(SQLException failure) {
        log().info(
                        "{}: the login that proved the new credentials opened no session. {}",
                        subject,
                        failure.getMessage());
    }

    /**
     * Called when a real login has proven new credentials, or another server.
     *
     * @param isMove whether the connection goes to another server or database
     * @param retiring the number of older connections
     */
    void proven(long generation, String label, boolean isMove, int retiring) {
        String plan =
                switch (retiring) {
                    case 0 -> "No older connections are open.";
                    case 1 -> "1 older connection retires.";
                    default -> retiring + " older connections retire one at a time.";
                };
        String event =
                isMove ? "the new server accepted the credentials from" : "the server accepted new credentials from";
        log().info("{}: {} {} ({}). {}", subject, event, source, label, plan);
        listener.rotationProven(new Proven(pool, generation, label, retiring));
    }

    /** Called when no older connection is left. */
    void completed(long generation, String label, int retired, Duration duration) {
        String connections =
                switch (retired) {
                    case 0 -> "No connection had to retire.";
                    case 1 -> "1 connection retired in " + duration.toMillis() + " ms.";
                    default -> retired + " connections retired in " + duration.toMillis() + " ms.";
                };
        log().info("{}: the rotation of {} is complete ({}). {}", subject, source, label, connections);
        listener.rotationCompleted(new Completed(pool, generation, duration, retired));
    }

    private record Proven(String pool, long generation, String label, int retiring)
            implements DatabaseListener.RotationProven {}

    private record Completed(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}

    private static Logger log() {
        return LoggerFactory.getLogger(RotationReport.class);
    }
}
