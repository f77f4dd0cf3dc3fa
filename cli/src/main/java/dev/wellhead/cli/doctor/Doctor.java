package dev.wellhead.cli.doctor;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.NearMiss;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.AuthenticationKind;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database from its settings to its round trip. A chain of stages ends where one fails; what was not tested
 * for it is named. Servers of a list are chains of their own.
 */
public final class Doctor {

    /** What a password that is written down is called; it tells nobody anything. */
    static final String ONLY_LABEL = "configured";

    private static final String AT_THE_SOURCE = "Correct it there; wellhead explain says what chose this source.";

    private final SettingsRequest request;
    private final Map<String, String> variables;
    private final String name;
    private final int instances;
    private final Clock clock;
    private final List<Result> results = new ArrayList<>();

    /**
     * @param name of the database
     * @param request what to resolve
     * @param variables of the environment, for what the AWS SDK reads of it
     * @param instances of the service that share the server
     */
    public Doctor(String name, SettingsRequest request, Map<String, String> variables, int instances, Clock clock) {
        this.name = name;
        this.request = request;
        this.variables = variables;
        this.instances = instances;
        this.clock = clock;
    }

    /** {@return what was found} Takes as long as the settings' own time-outs allow. */
    public Report examine() {
        DatabaseSettings settings = settings();
        String environment = variables.getOrDefault("ENVIRONMENT", "");
        if (settings != null) {
            environment = settings.environment().name();
            live(settings);
        } else {
            skipAfter(Stage.SETTINGS, Stage.SETTINGS);
        }
        return new Report(name, environment.isBlank() ? "local" : environment, List.copyOf(results));
    }

    private @Nullable DatabaseSettings settings() {
        long begin = System.nanoTime();
        try {
            DatabaseSettings settings = SettingsResolver.resolve(request);
            List<String> warnings = new ArrayList<>(settings.warnings());
            for (NearMiss nearMiss : SettingsResolver.nearMisses(request)) {
                warnings.add(nearMiss.message());
            }
            String text = settings.all().size() + " decided";
            Result result = warnings.isEmpty()
                    ? Result.ok(Stage.SETTINGS, text)
                    : Result.warning(
                            Stage.SETTINGS,
                            text + "; " + String.join(" ", warnings),
                            "wellhead explain says where each comes from.");
            results.add(result.in(since(begin)).with("warnings", warnings));
            return settings;
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                results.add(of(problem).in(since(begin)));
            }
            return null;
        }
    }

    private static Result of(Problem problem) {
        String text = problem.source().isEmpty() ? problem.message() : problem.message() + " " + problem.source();
        return Result.failed(
                Stage.SETTINGS,
                "configuration",
                text,
                problem.fixes().isEmpty()
                        ? "wellhead explain says more."
                        : problem.fixes().get(0));
    }

    /** The role is a stage of its own, so that a server of the wrong role is still looked at. */
    private void live(DatabaseSettings settings) {
        try (Inspection inspection = inspection(Settings.TARGET_SERVER_TYPE, TargetServerType.ANY.value())) {
            if (!credentials(inspection)) {
                skipAfter(Stage.CREDENTIALS, Stage.CREDENTIALS);
                return;
            }
            awsClock(inspection.settings());
            servers(inspection, settings);
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                results.add(of(problem));
            }
            skipAfter(Stage.SETTINGS, Stage.SETTINGS);
        }
    }

    private Inspection inspection(Setting<?> setting, String value) {
        return Inspection.of(SettingsResolver.resolve(request.with(setting, value)));
    }

    private boolean credentials(Inspection inspection) {
        long begin = System.nanoTime();
        try {
            CredentialsSet set = inspection.credentials(inspection.settings().get(Settings.CONNECTION_TIMEOUT));
            String labels = set.candidates().stream().map(Credentials::label).collect(Collectors.joining(", then "));
            String text = inspection.credentialsDescription();
            results.add(Result.ok(Stage.CREDENTIALS, labels.equals(ONLY_LABEL) ? text : text + ": " + labels)
                    .in(since(begin))
                    .with("source", text)
                    .with(
                            "candidates",
                            set.candidates().stream().map(Credentials::label).toList()));
            return true;
        } catch (CredentialsException e) {
            results.add(Result.failed(
                            Stage.CREDENTIALS,
                            "credentials_unavailable",
                            e.problem(),
                            e.fix().isEmpty() ? AT_THE_SOURCE : e.fix())
                    .in(since(begin))
                    .with("source", inspection.credentialsDescription()));
            return false;
        }
    }

    private void awsClock(DatabaseSettings settings) {
        if (settings.get(Settings.AUTH) == AuthenticationKind.IAM) {
            long begin = System.nanoTime();
            results.add(new AwsClock(settings, variables, clock).result().in(since(begin)));
        }
    }

    private void servers(Inspection inspection, DatabaseSettings settings) {
        boolean asked = false;
        Stage failedAt = Stage.AUTHENTICATION;
        for (HostAndPort server : inspection.settings().hosts()) {
            ServerCheck check = new ServerCheck(inspection, server, clock, this::bindsChannel);
            List<Result> chain = check.run();
            results.addAll(chain);
            for (Result result : chain) {
                failedAt = result.isFailed() ? result.stage() : failedAt;
            }
            Connection connection = check.connection();
            if (connection != null) {
                session(inspection.settings(), settings, server, connection, asked);
                asked = true;
            }
        }
        if (!asked) {
            Stage last = failedAt.compareTo(Stage.AUTHENTICATION) < 0 ? Stage.AUTHENTICATION : failedAt;
            for (Stage next : Stage.values()) {
                boolean later = next.compareTo(Stage.AUTHENTICATION) > 0 && next != failedAt;
                if (later && (next.compareTo(last) > 0 || failedAt.compareTo(Stage.AUTHENTICATION) > 0)) {
                    results.add(Result.notTested(next, "", failedAt));
                }
            }
        }
    }

    /** Of a list, every server says what it is; the rest is asked of the first. */
    private void session(
            DatabaseSettings completed,
            DatabaseSettings asked,
            HostAndPort server,
            Connection connection,
            boolean roleAlone) {
        // the intent as it was configured, the server as the secret says
        try (connection) {
            SessionChecks checks = new SessionChecks(
                    completed, asked.get(Settings.TARGET_SERVER_TYPE), server, connection, instances, clock);
            results.addAll(roleAlone ? checks.role() : checks.all());
        } catch (SQLException e) {
            results.add(Result.warning(
                    Stage.ROUND_TRIP, "the session did not end well: " + Sql.message(e), "Check the server's log."));
        }
    }

    private boolean bindsChannel(HostAndPort server, boolean encrypted) {
        if (!encrypted) {
            return false;
        }
        try (Inspection insisting = inspection(Settings.CHANNEL_BINDING, ChannelBinding.REQUIRE.value())) {
            insisting.credentials(insisting.settings().get(Settings.CONNECTION_TIMEOUT));
            insisting
                    .connect(server, insisting.settings().get(Settings.CONNECTION_TIMEOUT), new ConnectSteps() {})
                    .close();
            return true;
        } catch (SQLException | CredentialsException | ConfigurationException refused) {
            return false;
        }
    }

    private void skipAfter(Stage stage, Stage because) {
        for (Stage next : Stage.values()) {
            if (next.compareTo(stage) > 0 && next != Stage.AWS_CLOCK) {
                results.add(Result.notTested(next, "", because));
            }
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
