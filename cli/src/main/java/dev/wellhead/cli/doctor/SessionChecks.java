package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** What a session can ask its server: a stage each; one that cannot be answered does not end the others. */
final class SessionChecks {

    private static final int ROUNDS = 9;
    private static final Duration FAR = Duration.ofMillis(20);

    /** AWS takes a signature that is up to five minutes off (AWS General Reference, Signature Version 4). */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private static final Duration NOTABLE = Duration.ofSeconds(5);

    private final DatabaseSettings settings;
    private final TargetServerType target;
    private final HostAndPort server;
    private final Connection connection;
    private final int instances;
    private final Clock clock;
    private final List<Result> results = new ArrayList<>();
    private @Nullable Stage brokenAt;

    SessionChecks(
            DatabaseSettings settings,
            TargetServerType target,
            HostAndPort server,
            Connection connection,
            int instances,
            Clock clock) {
        this.settings = settings;
        this.target = target;
        this.server = server;
        this.connection = connection;
        this.instances = instances;
        this.clock = clock;
    }

    /** A stage that asks the server. */
    @FunctionalInterface
    private interface Question {
        Result ask() throws SQLException;
    }

    /** {@return the role alone, for the other servers of a list} */
    List<Result> role() {
        check(Stage.ROLE, () -> new RoleCheck(settings, target, connection).result());
        return List.copyOf(results);
    }

    /** {@return every stage} */
    List<Result> all() {
        check(Stage.DATABASE, () -> new Privileges(settings, connection).result());
        role();
        check(Stage.VERSION, this::version);
        check(Stage.POOLER, this::pooler);
        check(Stage.HEADROOM, () -> new Headroom(settings, connection, instances).result());
        check(Stage.CLOCK, this::serverClock);
        check(Stage.ROUND_TRIP, this::roundTrip);
        return List.copyOf(results);
    }

    private void check(Stage stage, Question question) {
        if (brokenAt != null) {
            results.add(Result.notTested(stage, server.toString(), brokenAt));
            return;
        }
        long begin = System.nanoTime();
        Result result;
        try {
            result = question.ask();
        } catch (SQLException e) {
            if (Sql.isBroken(e)) {
                brokenAt = stage;
                result = Result.failed(
                        stage,
                        FailureKind.NETWORK.value(),
                        "the connection was lost: " + Sql.message(e),
                        "Look at the server's log, and at what is between.");
            } else {
                result = Result.warning(
                        stage, "the server does not say: " + Sql.message(e), "Check what the role may read.");
            }
        }
        results.add(result.in(Duration.ofNanos(System.nanoTime() - begin)).at(server.toString()));
    }

    private Result version() throws SQLException {
        List<String> row =
                Sql.row(connection, "SELECT current_setting('server_version_num'), current_setting('server_version')");
        return Versions.result(Integer.parseInt(row.get(0)), row.get(1), clock).with("serverVersion", row.get(1));
    }

    /** A pooler hands out keys for cancel requests of its own, so the process it names is not the one that answers. */
    private Result pooler() throws SQLException {
        int named = connection.unwrap(PgConnection.class).getBackendPID();
        int answers = Integer.parseInt(Sql.one(connection, "SELECT pg_backend_pid()"));
        boolean between = named != answers;
        Pooler wanted = settings.get(Settings.POOLER);
        String variable = settings.variable(Settings.POOLER);
        if (between && wanted == Pooler.NONE) {
            return Result.warning(
                            Stage.POOLER,
                            "a pooler sits in front of the server, and pooler is none",
                            "Set " + variable + " to pgbouncer or rds-proxy where it pools transactions.")
                    .with("detected", true);
        }
        if (!between && wanted != Pooler.NONE) {
            return Result.warning(
                            Stage.POOLER,
                            "none is seen, and pooler is " + wanted + ": prepared statements and session settings are"
                                    + " off for nothing",
                            "Unset " + variable + ", or set " + settings.variable(Settings.HOST) + " to the pooler.")
                    .with("detected", false);
        }
        return Result.ok(Stage.POOLER, between ? wanted + ", as configured" : "none, the server itself answers")
                .with("detected", between);
    }

    private Result serverClock() throws SQLException {
        Instant before = clock.instant();
        String seconds = Sql.one(connection, "SELECT extract(epoch FROM clock_timestamp())::text");
        Instant after = clock.instant();
        Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
        Instant theirs = Instant.ofEpochMilli((long) (Double.parseDouble(seconds) * 1000));
        return Clocks.result(Stage.CLOCK, Duration.between(theirs, middle), NOTABLE, TOLERATED, "the server's clock");
    }

    private Result roundTrip() throws SQLException {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            Sql.one(connection, "SELECT 1");
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        long micros = nanos[ROUNDS / 2] / 1000;
        String text = "median " + micros / 1000 + "." + micros % 1000 / 100 + " ms of " + ROUNDS;
        Result result = micros * 1000 > FAR.toNanos()
                ? Result.warning(
                        Stage.ROUND_TRIP,
                        text,
                        "Run the service closer to its database (same region, same zone): each statement waits that long.")
                : Result.ok(Stage.ROUND_TRIP, text);
        return result.with("medianMicroseconds", micros);
    }
}
