package dev.wellhead.cli.doctor;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Runs the stages that need a session. If a query of a stage fails, the other stages still run, unless the connection
 * is lost. Not thread-safe.
 */
final class SessionChecks {

    /** An odd number, so that the median is one of the measurements. */
    private static final int ROUND_TRIPS = 9;

    /** A round trip within one region takes 1 to 5 ms. */
    private static final Duration SLOW_ROUND_TRIP = Duration.ofMillis(20);

    /** Far above the error of the comparison, which is half a round trip. */
    private static final Duration CLOCK_WARNING_LIMIT = Duration.ofSeconds(5);

    private final CheckedSession session;
    private final StageListener listener;
    /** The stage in which the connection was lost; null while it works. */
    private @Nullable DoctorStage lostAt;

    /** @param listener notified of each stage */
    SessionChecks(CheckedSession session, StageListener listener) {
        this.session = session;
        this.listener = listener;
    }

    /** A stage that queries the server. */
    @FunctionalInterface
    private interface Check {
        StageResult run() throws SQLException;
    }

    /** Runs the role stage only, for the second and later servers of a list. */
    void roleOnly() {
        run(DoctorStage.ROLE, () -> ServerRoleCheck.result(session));
    }

    /**
     * Runs the role stage only, for a server of the reader.
     *
     * @param database the settings of the database
     */
    void roleOfReader(DatabaseSettings database) {
        run(DoctorStage.ROLE, () -> ServerRoleCheck.ofReader(session, database));
    }

    /** Runs all stages. */
    void all() {
        run(DoctorStage.DATABASE, () -> PrivilegeCheck.result(session));
        run(DoctorStage.ROLE, () -> ServerRoleCheck.result(session));
        run(DoctorStage.VERSION, this::version);
        run(DoctorStage.POOLER, this::pooler);
        run(DoctorStage.HEADROOM, () -> ConnectionLimitCheck.result(session));
        run(DoctorStage.CLOCK, this::serverClock);
        run(DoctorStage.ROUND_TRIP, this::roundTrip);
    }

    /**
     * Runs one stage and adds its result. A failed query is a warning: usually the role lacks a privilege for this
     * check.
     */
    private void run(DoctorStage stage, Check check) {
        if (lostAt != null) {
            listener.finished(stage.notTested(lostAt));
            return;
        }
        listener.started(stage);
        long start = System.nanoTime();
        StageResult result;
        try {
            result = check.run();
        } catch (SQLException e) {
            if (Queries.isConnectionLost(e)) {
                lostAt = stage;
                String text = "the connection was lost: " + Queries.message(e);
                String fix = "Check the server's log, and the network between this machine and the server.";
                result = stage.failed(Failure.of(FailureKind.NETWORK.value(), Outcome.RETRY, text, fix), text, fix);
            } else {
                result = stage.warning(
                        "unknown, because a query failed: " + Queries.message(e), "Check the privileges of the role.");
            }
        }
        listener.finished(result.in(Duration.ofNanos(System.nanoTime() - start)));
    }

    /** {@return the version, and whether it is still supported} */
    private StageResult version() throws SQLException {
        List<String> row = Queries.row(
                session.connection(),
                "SELECT current_setting('server_version_num'), current_setting('server_version')");
        return VersionCheck.result(Integer.parseInt(row.get(0)), row.get(1), session.clock())
                .with("serverVersion", row.get(1));
    }

    /** A pooler sends its own key for cancel requests, so the process ID in that key is not the ID of the backend. */
    private StageResult pooler() throws SQLException {
        int cancelKeyPid = session.connection().unwrap(PgConnection.class).getBackendPID();
        boolean detected =
                cancelKeyPid != Integer.parseInt(Queries.value(session.connection(), "SELECT pg_backend_pid()"));
        Pooler configured = session.settings().get(Settings.POOLER);
        String variable = session.settings().variable(Settings.POOLER);
        StageResult result;
        if (detected && configured == Pooler.NONE) {
            result = DoctorStage.POOLER.warning(
                    "the server is behind a pooler, but pooler is none",
                    "Set " + variable + " to pgbouncer or rds-proxy if it pools transactions.");
        } else if (!detected && configured != Pooler.NONE) {
            result = DoctorStage.POOLER.warning(
                    "no pooler was detected, but pooler is " + configured
                            + ", which turns off prepared statements and session settings",
                    "Unset " + variable + ", or set " + session.settings().variable(Settings.HOST) + " to the pooler.");
        } else {
            result = DoctorStage.POOLER.ok(detected ? configured + ", as configured" : "no pooler");
        }
        return result.with("detected", detected);
    }

    private StageResult serverClock() throws SQLException {
        Instant before = session.clock().instant();
        String seconds = Queries.value(session.connection(), "SELECT extract(epoch FROM clock_timestamp())::text");
        Instant after = session.clock().instant();
        // the server most likely read its clock halfway through the round trip
        Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
        Instant serverTime = Instant.ofEpochMilli((long) (Double.parseDouble(seconds) * 1000));
        return ClockSkew.result(
                DoctorStage.CLOCK, Duration.between(serverTime, middle), CLOCK_WARNING_LIMIT, "the server's clock");
    }

    /** {@return the median time of a trivial statement, which every statement of the service takes at least} */
    private StageResult roundTrip() throws SQLException {
        long[] nanos = new long[ROUND_TRIPS];
        for (int i = 0; i < ROUND_TRIPS; i++) {
            long start = System.nanoTime();
            Queries.value(session.connection(), "SELECT 1");
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        long median = nanos[ROUND_TRIPS / 2];
        String text = String.format(Locale.ROOT, "%.1f ms, the median of %d", median / 1e6, ROUND_TRIPS);
        StageResult result = median > SLOW_ROUND_TRIP.toNanos()
                ? DoctorStage.ROUND_TRIP.warning(
                        text,
                        "Run the service closer to the database (same region, same zone): every statement takes at least"
                                + " this long.")
                : DoctorStage.ROUND_TRIP.ok(text);
        return result.with("medianMicroseconds", median / 1000);
    }
}
