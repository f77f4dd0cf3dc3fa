package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RotationReportTest {

    private final RotationReport report = new RotationReport(
            "Reader of database 'ledger'", "secret 'books'", "ledger-reader", new DatabaseListener() {});

    @Test
    void proven_numberOfConnections_isWrittenInSingularOrPlural() {
        try (LogCapture log = LogCapture.start()) {
            report.proven(2, "AWSCURRENT", false, 0);
            report.proven(2, "AWSCURRENT", false, 1);
            report.proven(2, "AWSCURRENT", false, 2);

            String accepted = "Reader of database 'ledger': the server accepted new credentials from secret 'books'"
                    + " (AWSCURRENT). ";
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            accepted + "No older connections are open.",
                            accepted + "1 older connection retires.",
                            accepted + "2 older connections retire one at a time.");
        }
    }

    @Test
    void completed_numberOfConnections_isWrittenInSingularOrPlural() {
        try (LogCapture log = LogCapture.start()) {
            report.completed(2, "AWSCURRENT", 0, Duration.ofMillis(3));
            report.completed(2, "AWSCURRENT", 1, Duration.ofMillis(3));
            report.completed(2, "AWSCURRENT", 2, Duration.ofMillis(3));

            String complete = "Reader of database 'ledger': the rotation of secret 'books' is complete (AWSCURRENT). ";
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            complete + "No connection had to retire.",
                            complete + "1 connection retired in 3 ms.",
                            complete + "2 connections retired in 3 ms.");
        }
    }
}
