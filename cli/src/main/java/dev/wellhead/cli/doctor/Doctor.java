package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.NoticeTime;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.ChannelBinding;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.ConnectSteps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a database in stages. If a stage fails, the stages that depend on it are reported as not tested. If several
 * servers are listed, the stages from {@code dns} to {@code authentication} run for each of them. Changes nothing in
 * the database. Not thread-safe, and for one examination.
 */
public final class Doctor {

    /** The label of a configured password. The report omits it, because it adds nothing to the source. */
    static final String SINGLE_CANDIDATE = "configured";

    private final SettingsRequest request;
    private final Map<String, String> variables;
    private final String name;
    private final int instances;
    private final Clock clock;
    private final List<StageResult> results = new ArrayList<>();

    /**
     * @param name the name of the database
     * @param request the settings to check
     * @param variables the environment variables; the AWS SDK reads some of them
     * @param instances the number of service instances that share the server
     */
    public Doctor(String name, SettingsRequest request, Map<String, String> variables, int instances, Clock clock) {
        this.name = name;
        this.request = request;
        this.variables = variables;
        this.instances = instances;
        this.clock = clock;
    }

    /** {@return the results of all stages} Each network operation is bounded by a time-out of the settings. */
    public DoctorReport examine() {
        String environment = variables.getOrDefault("ENVIRONMENT", "");
        DatabaseSettings settings = settings();
        if (settings != null) {
            environment = settings.environment().name();
            connect(settings);
        }
        addUntestedStages();
        return new DoctorReport(
                name, environment.isBlank() ? "local" : SafeText.listed(environment), List.copyOf(results));
    }

    /** {@return the settings; null if they are invalid} Adds the result of the stage {@code settings}. */
    private @Nullable DatabaseSettings settings() {
        long start = System.nanoTime();
        try {
            DatabaseSettings settings = SettingsResolver.resolve(request);
            List<String> warnings = new ArrayList<>(settings.warnings());
            List<NearMiss> reported = SettingsResolver.unreadOf(settings);
            boolean isReported = warnings.contains(NearMiss.message(reported));
            for (NearMiss nearMiss : SettingsResolver.nearMisses(request)) {
                if (!warnings.contains(nearMiss.message()) && !(isReported && reported.contains(nearMiss))) {
                    warnings.add(nearMiss.message());
                }
            }
            String text =
                    settings.all().size() + " settings are valid; a server that vanishes is " + NoticeTime.of(settings);
            StageResult result = warnings.isEmpty()
                    ? DoctorStage.SETTINGS.ok(text)
                    : DoctorStage.SETTINGS.warning(
                            text + ". " + String.join(" ", warnings),
                            "Run 'wellhead explain' to see the origin of each setting.");
            results.add(
                    result.in(since(start)).with("warnings", warnings).with("vanishedServer", NoticeTime.of(settings)));
            return settings;
        } catch (ConfigurationException e) {
            addProblems(e, since(start));
            return null;
        }
    }

    /** Adds one failed result per problem, so that each has its own fix. */
    private void addProblems(ConfigurationException e, Duration took) {
        for (Problem problem : e.problems()) {
            results.add(DoctorStage.SETTINGS
                    .failed(
                            "configuration",
                            problem.message(),
                            problem.source(),
                            problem.origins(),
                            problem.fixes(),
                            "Run 'wellhead explain' to see all settings.")
                    .in(took)
                    .with("code", problem.code().value())
                    .with("setting", problem.setting()));
        }
    }

    /** Connects to a server of any role, so that all stages run on it. The role itself is checked in a later stage. */
    private void connect(DatabaseSettings settings) {
        try (Inspection inspection = inspection(Settings.TARGET_SERVER_TYPE, TargetServerType.ANY.value())) {
            if (addCredentials(inspection)) {
                if (inspection.settings().get(Settings.AUTH).equals("iam")) {
                    long start = System.nanoTime();
                    AwsClockCheck check = new AwsClockCheck(inspection.settings(), variables, clock);
                    results.add(check.result().in(since(start)));
                }
                addServers(inspection, settings.get(Settings.TARGET_SERVER_TYPE));
                addReaders(inspection);
            }
        } catch (ConfigurationException e) {
            // the secret contains an invalid host, port or database
            addProblems(e, Duration.ZERO);
        }
    }

    /** {@return an inspection with one setting changed; the caller closes it} */
    private Inspection inspection(Setting<?> setting, String value) {
        return Inspection.of(SettingsResolver.resolve(request.with(setting, value)));
    }

    /**
     * {@return whether there are credentials} Adds the result of the stage {@code credentials}: the labels of the
     * candidates, such as AWSCURRENT, but no credentials.
     */
    private boolean addCredentials(Inspection inspection) {
        long start = System.nanoTime();
        String source = inspection.credentialsDescription();
        try {
            CredentialsSet set = inspection.credentials(inspection.settings().get(Settings.CONNECTION_TIMEOUT));
            List<String> labels =
                    set.candidates().stream().map(Credentials::label).toList();
            String text =
                    labels.equals(List.of(SINGLE_CANDIDATE)) ? source : source + ": " + String.join(", then ", labels);
            results.add(DoctorStage.CREDENTIALS
                    .ok(text)
                    .in(since(start))
                    .with("source", source)
                    .with("candidates", labels));
            return true;
        } catch (CredentialsException e) {
            results.add(DoctorStage.CREDENTIALS
                    .failed(
                            "credentials_unavailable",
                            e.problem(),
                            e.fix().isEmpty() ? "Run 'wellhead explain' to see why this source is used." : e.fix())
                    .in(since(start))
                    .with("source", source));
            return false;
        }
    }

    /**
     * Checks each server of the list, also if an earlier one works: a service would use it after a failover.
     *
     * @param target the type of server that is configured
     */
    private void addServers(Inspection inspection, TargetServerType target) {
        boolean first = true;
        for (HostAndPort server : inspection.settings().hosts()) {
            ServerChecks checks = new ServerChecks(inspection, server, clock, this::isChannelBindingPossible);
            results.addAll(checks.run());
            Connection connection = checks.connection();
            if (connection != null) {
                addSession(inspection.settings(), target, server, connection, first);
                first = false;
            }
        }
        acceptOtherRoles();
    }

    /** A list needs only one server of the type. The others are used after a failover. */
    private void acceptOtherRoles() {
        boolean isAnyUsable = results.stream()
                .anyMatch(result -> result.stage() == DoctorStage.ROLE
                        && (result.status() == StageStatus.OK || result.status() == StageStatus.WARNING));
        if (isAnyUsable) {
            results.replaceAll(result -> result.stage() == DoctorStage.ROLE && result.isFailed()
                    ? DoctorStage.ROLE
                            .ok(result.text() + "; another server of the list is used")
                            .at(result.server())
                            .in(result.took())
                            .with(result.details())
                    : result);
        }
    }

    /** Checks the servers of the reader: that they accept the login, their role, and how far they are behind. */
    private void addReaders(Inspection inspection) {
        DatabaseSettings settings = inspection.settings();
        TargetServerType target = SettingsCompletion.forReader(settings).get(Settings.TARGET_SERVER_TYPE);
        for (HostAndPort server : settings.readerHosts()) {
            if (settings.hosts().contains(server)) {
                // its login is checked already
                continue;
            }
            ServerChecks checks = new ServerChecks(inspection, server, clock, this::isChannelBindingPossible);
            results.addAll(checks.run());
            Connection connection = checks.connection();
            if (connection != null) {
                addReader(settings, target, server, connection);
            }
        }
    }

    private void addReader(
            DatabaseSettings settings, TargetServerType target, HostAndPort server, Connection connection) {
        try (connection) {
            SessionChecks checks =
                    new SessionChecks(new CheckedSession(settings, target, server, connection, instances, clock));
            results.addAll(checks.roleOfReader(settings));
        } catch (SQLException e) {
            addCloseFailure(e);
        }
    }

    /** Runs all stages on the first server that accepts the connection, and only the role stage on the others. */
    private void addSession(
            DatabaseSettings settings,
            TargetServerType target,
            HostAndPort server,
            Connection connection,
            boolean first) {
        try (connection) {
            SessionChecks checks =
                    new SessionChecks(new CheckedSession(settings, target, server, connection, instances, clock));
            results.addAll(first ? checks.all() : checks.roleOnly());
        } catch (SQLException e) {
            addCloseFailure(e);
        }
    }

    private void addCloseFailure(SQLException e) {
        results.add(DoctorStage.ROUND_TRIP.warning(
                "the session could not be closed: " + Queries.message(e), "Check the server's log."));
    }

    /**
     * {@return whether a login that requires channel binding succeeds} The driver does not report whether a login was
     * bound, so this makes a second connection.
     */
    private boolean isChannelBindingPossible(HostAndPort server) {
        try (Inspection inspection = inspection(Settings.CHANNEL_BINDING, ChannelBinding.REQUIRE.value())) {
            Duration budget = inspection.settings().get(Settings.CONNECTION_TIMEOUT);
            inspection.credentials(budget);
            inspection.connect(server, budget, new ConnectSteps() {}).close();
            return true;
        } catch (SQLException | CredentialsException | ConfigurationException refused) {
            return false;
        }
    }

    /** Adds the stages that have no result as not tested. Their reason is the last stage that failed. */
    private void addUntestedStages() {
        Set<DoctorStage> untested = EnumSet.allOf(DoctorStage.class);
        // this stage applies only to databases with IAM authentication
        untested.remove(DoctorStage.AWS_CLOCK);
        DoctorStage failed = null;
        for (StageResult result : results) {
            untested.remove(result.stage());
            failed = result.isFailed() ? result.stage() : failed;
        }
        if (failed != null) {
            for (DoctorStage stage : untested) {
                results.add(stage.notTested(failed));
            }
        }
    }

    /** {@return the time since {@code start}, a value of {@link System#nanoTime}} */
    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
