package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.internal.pool.recovery.Series;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The message and the state of an acquire that timed out. */
class AcquireTimeoutTest {

    private static final String NUMBERS = "ledger - Connection is not available, request timed out after 30001ms"
            + " (total=10, active=10, idle=0, waiting=3)";

    private final Series series = new Series();
    private final UnresponsiveConnections unresponsive = new UnresponsiveConnections(Duration.ofSeconds(8), series);

    @Test
    void explain_allConnectionsUsed_namesTheSettingAndItsValue() {
        SQLTransientConnectionException explained = explain(10, timeout(null));

        assertThat((Throwable) explained)
                .hasMessage(NUMBERS + ". All connections are used. Return them sooner (leakDetectionThreshold finds"
                        + " those that are not returned), or increase LEDGER_DB_MAXIMUM_POOL_SIZE (now 10).")
                .hasNoCause();
        assertThat(explained.getSQLState()).isEqualTo("53300");
    }

    @Test
    void explain_connectionsMissing_keepsTheNumbersOnly() {
        SQLTransientConnectionException explained = explain(4, timeout(null));

        assertThat((Throwable) explained).hasMessage(NUMBERS + ".");
        assertThat(explained.getSQLState()).isEqualTo("08001");
    }

    @Test
    void explain_failureWithoutAState_isThatNoConnectionCouldBeOpened() {
        assertThat(explain(0, timeout(new SQLException("broken"))).getSQLState())
                .isEqualTo("08001");
    }

    @Test
    void interrupted_isACancelledOperation() {
        InterruptedException interrupt = new InterruptedException();

        SQLException explained = AcquireTimeout.interrupted("Database 'ledger'", interrupt);

        assertThat((Throwable) explained)
                .hasMessage("Database 'ledger': the thread was interrupted while it waited for a connection.")
                .hasCause(interrupt);
        assertThat(explained.getSQLState()).isEqualTo("57014");
    }

    @Test
    void explain_failedAttempt_hasItsReasonStateAndException() {
        SQLException failure =
                new ConnectionFailedException("Nothing listens on db:5432.", "08006", FailureKind.REFUSED, null);
        series.failures.failed(failure, false);

        SQLTransientConnectionException explained = explain(0, timeout(null));

        assertThat((Throwable) explained)
                .hasMessage(NUMBERS + ". The last attempt to open a connection failed: Nothing listens on db:5432.")
                .hasCause(failure);
        assertThat(explained.getSQLState()).isEqualTo("08006");
        assertThat((Throwable) explained.getNextException()).isSameAs(failure);
    }

    /** A full pool can also have a failure from before it was full; the failure is the better explanation. */
    @Test
    void explain_failedAttemptAndAllUsed_reportsTheFailure() {
        series.failures.failed(new SQLException("the server closed the connection", "08006"), false);

        assertThat(explain(10, timeout(null)).getMessage())
                .endsWith("failed: the server closed the connection")
                .doesNotContain("All connections are used");
    }

    @Test
    void explain_connectionOpenedForAnotherBorrower_reportsTheFailure() {
        series.failures.failed(new SQLException("the server closed the connection", "08006"), false);
        series.elapse(Series.BUDGET.minusMillis(1));
        series.failures.ended();

        assertThat(explain(4, timeout(null)).getMessage()).endsWith("failed: the server closed the connection");
    }

    @Test
    void explain_connectionOpenedAndAllUsed_forgetsTheFailure() {
        series.failures.failed(new SQLException("the server closed the connection", "08006"), false);
        series.failures.ended();

        assertThat(explain(10, timeout(null)).getMessage()).contains("All connections are used");
    }

    @Test
    void explain_failureLongAgo_forgetsTheFailure() {
        series.failures.failed(new SQLException("the server closed the connection", "08006"), false);
        series.failures.ended();
        series.elapse(Series.BUDGET);

        assertThat((Throwable) explain(4, timeout(null))).hasMessage(NUMBERS + ".");
    }

    /** It is not about an attempt to open a connection. */
    @Test
    void explain_failedValidation_isNotReportedAsAnAttempt() {
        SQLException validation = new SQLException("This connection has been closed.", "08003");

        SQLTransientConnectionException explained = explain(4, timeout(validation));

        assertThat((Throwable) explained).hasMessage(NUMBERS + ".").hasCause(validation);
        assertThat(explained.getSQLState()).isEqualTo("08001");
    }

    @Test
    void explain_unresponsiveConnections_namesTheServerAndTheirNumber() {
        HostAndPort server = new HostAndPort("db", 5432);
        unresponsive.add(server, Duration.ofMillis(2_500));
        unresponsive.add(server, Duration.ofMillis(2_500));

        assertThat((Throwable) explain(10, timeout(null)))
                .hasMessage(
                        NUMBERS + ". The server does not answer: db:5432; 2 connections did not respond within 2.5 s.");

        series.failures.failed(new SQLException("Nothing listens on db:5432.", "08006"), false);
        assertThat((Throwable) explain(10, timeout(null)))
                .hasMessage(NUMBERS
                        + ". The server does not answer: db:5432; 2 connections did not respond within 2.5 s."
                        + " The last attempt to open a connection failed: Nothing listens on db:5432.");
    }

    /** HikariCP wraps a failed connection set-up in an exception of its own. */
    @Test
    void explain_failedSetUp_reportsTheExceptionInside() {
        SQLException failure = new SQLException("relation \"audit\" does not exist", "42P01");

        SQLTransientConnectionException explained =
                explain(0, timeout(new RuntimeException("connection set-up failed", failure)));

        assertThat((Throwable) explained).hasMessageEndingWith("failed: relation \"audit\" does not exist");
        assertThat(explained.getSQLState()).isEqualTo("42P01");
        assertThat((Throwable) explained).hasCause(failure);
    }

    @Test
    void explain_causeWithoutASqlException_isKept() {
        IllegalStateException cause = new IllegalStateException("broken");

        SQLTransientConnectionException explained = explain(0, timeout(cause));

        assertThat((Throwable) explained).hasMessage(NUMBERS + ".").hasCause(cause);
        assertThat((Throwable) explained.getNextException()).isNull();
    }

    @Test
    void explain_anyTimeout_keepsTheStackTraceOfTheBorrower() {
        SQLTransientConnectionException timeout = timeout(null);

        assertThat(explain(10, timeout).getStackTrace()).isEqualTo(timeout.getStackTrace());
    }

    private SQLTransientConnectionException explain(int active, SQLTransientConnectionException timeout) {
        HikariPoolMXBean pool = (HikariPoolMXBean) Proxy.newProxyInstance(
                AcquireTimeoutTest.class.getClassLoader(),
                new Class<?>[] {HikariPoolMXBean.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getActiveConnections");
                    return active;
                });
        return new AcquireTimeout(pool, 10, "LEDGER_DB_MAXIMUM_POOL_SIZE", series.failures, unresponsive)
                .explain(timeout);
    }

    private static SQLTransientConnectionException timeout(@Nullable Throwable cause) {
        return new SQLTransientConnectionException(NUMBERS, null, cause);
    }
}
