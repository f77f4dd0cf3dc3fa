package dev.wellhead.cli.doctor;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.TargetServerType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Examines one server at a time: connects to it, and runs the stages that need a session. Thread-safe.
 *
 * @param inspection connects to the servers; its credentials are known
 * @param instances the number of service instances that share the server
 * @param clock this machine's clock
 * @param channelBindingWorks whether a login that requires channel binding succeeds; the driver has no API for it
 */
record ServerExamination(
        Inspection inspection, int instances, Clock clock, Predicate<HostAndPort> channelBindingWorks) {

    /**
     * Runs all stages if the server is the first of its list that accepts the login, otherwise only the role stage.
     *
     * @param target the type of server that is configured
     * @param index the position of the server in its list
     * @param listener notified of each stage
     */
    void ofList(TargetServerType target, ServerGroup group, int index, StageListener listener) {
        HostAndPort server = inspection.settings().hosts().get(index);
        StageListener acceptingOtherRoles = new OtherRoles(listener, group, index);
        try (Connection connection = connect(server, acceptingOtherRoles)) {
            group.accepted(index, connection != null);
            if (connection != null) {
                SessionChecks checks = session(target, server, connection, acceptingOtherRoles);
                if (group.isFirst(index)) {
                    checks.all();
                } else {
                    checks.roleOnly();
                }
            }
        } catch (SQLException e) {
            listener.finished(closeFailure(e));
        } finally {
            group.accepted(index, false);
            group.usable(index, false);
        }
    }

    /** Runs the role stage on a server of the reader. */
    void ofReader(TargetServerType target, HostAndPort server, StageListener listener) {
        DatabaseSettings settings = inspection.settings();
        try (Connection connection = connect(server, listener)) {
            if (connection != null) {
                session(target, server, connection, listener).roleOfReader(settings);
            }
        } catch (SQLException e) {
            listener.finished(closeFailure(e));
        }
    }

    private @Nullable Connection connect(HostAndPort server, StageListener listener) {
        return new ServerChecks(inspection, server, clock, channelBindingWorks, listener).run();
    }

    private SessionChecks session(
            TargetServerType target, HostAndPort server, Connection connection, StageListener listener) {
        return new SessionChecks(
                new CheckedSession(inspection.settings(), target, server, connection, instances, clock), listener);
    }

    private static StageResult closeFailure(SQLException e) {
        return DoctorStage.ROUND_TRIP.warning(
                "the session could not be closed: " + Queries.message(e), "Check the server's log.");
    }

    /** Accepts a server of another role if a server of the list has the right one: it is used after a failover. */
    private record OtherRoles(StageListener listener, ServerGroup group, int index) implements StageListener {

        @Override
        public void started(Stage stage) {
            listener.started(stage);
        }

        @Override
        public void finished(StageResult result) {
            boolean isRole = result.stage() == DoctorStage.ROLE;
            if (isRole) {
                group.usable(index, result.status() == StageStatus.OK || result.status() == StageStatus.WARNING);
            }
            if (isRole && result.isFailed() && group.isAnyUsable()) {
                listener.finished(DoctorStage.ROLE
                        .ok(result.text() + "; another server of the list is used")
                        .in(result.took())
                        .with(result.details()));
            } else {
                listener.finished(result);
            }
        }
    }
}
