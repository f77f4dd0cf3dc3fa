package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.NameOption;
import dev.wellhead.cli.output.NoticeTime;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.ChannelBinding;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.ConnectSteps;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a database in stages. If a stage fails, the stages that depend on it are reported as not tested. If several
 * servers are listed, they are tested in parallel, each with the stages from {@code dns} to {@code authentication}.
 * Changes nothing in the database. For one examination.
 */
public final class Doctor {

    /** The label of a configured password. The report omits it, because it adds nothing to the source. */
    static final String SINGLE_CANDIDATE = "configured";

    private final SettingsRequest request;
    private final Map<String, String> variables;
    private final String name;
    private final int instances;
    private final Clock clock;
    private final ExaminationListener listener;
    private final OrderedResults results;
    private final OrderedResults.Lane first;
    private volatile String environment;

    /**
     * @param name the name of the database
     * @param request the settings to check
     * @param variables the environment variables; the AWS SDK reads some of them
     * @param instances the number of service instances that share the server
     * @param listener notified of each stage when it finishes
     */
    public Doctor(
            String name,
            SettingsRequest request,
            Map<String, String> variables,
            int instances,
            Clock clock,
            ExaminationListener listener) {
        this.name = name;
        this.request = request;
        this.variables = variables;
        this.instances = instances;
        this.clock = clock;
        this.listener = listener;
        this.results = new OrderedResults(listener);
        this.first = results.lane("");
        String configured = variables.getOrDefault("ENVIRONMENT", "");
        this.environment = configured.isBlank() ? "local" : SafeText.listed(configured);
    }

    /**
     * Runs the stages until all have finished or the time is up.
     *
     * @param timeout the longest time to wait
     * @return whether all stages have finished
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean examine(Duration timeout) throws InterruptedException {
        FutureTask<Void> stages = new FutureTask<>(this::runStages, null);
        start(stages, "wellhead-doctor");
        try {
            stages.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException timeUp) {
            return false;
        } catch (ExecutionException e) {
            throw unexpected(e);
        }
    }

    /**
     * {@return what is known now} Later results are ignored. Can be called while {@link #examine} runs.
     *
     * @param end how the examination ended: {@link Outcome#OK} if all stages have finished
     */
    public DoctorReport report(Outcome end) {
        String unfinished = results.activity();
        return new DoctorReport(name, environment, end, unfinished, results.close()).withUntestedStages();
    }

    /** A daemon thread, because an operation that hangs must not keep the process alive after its time is up. */
    private static void start(Runnable task, String threadName) {
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private void runStages() {
        try (first) {
            DatabaseSettings settings = settings();
            if (settings != null) {
                connect(settings);
            }
        }
    }

    /** {@return the settings; null if they are invalid} Adds the result of the stage {@code settings}. */
    private @Nullable DatabaseSettings settings() {
        long start = System.nanoTime();
        try {
            DatabaseSettings settings = SettingsResolver.resolve(request);
            environment = settings.environment().name();
            StageResult result =
                    stage().valid(settings, request, "; a server that vanishes is " + NoticeTime.of(settings));
            listener.begins(name, environment);
            first.finished(result.in(since(start)).with("vanishedServer", NoticeTime.of(settings)));
            return settings;
        } catch (ConfigurationException e) {
            listener.begins(name, environment);
            addProblems(e, since(start));
            return null;
        }
    }

    private void addProblems(ConfigurationException e, Duration took) {
        stage().invalid(e).forEach(result -> first.finished(result.in(took)));
    }

    private SettingsStage stage() {
        return new SettingsStage(DoctorStage.SETTINGS, "wellhead explain" + NameOption.of("--database", name));
    }

    /** Connects to a server of any role, so that all stages run on it. The role itself is checked in a later stage. */
    private void connect(DatabaseSettings settings) {
        try (Inspection inspection = inspection(Settings.TARGET_SERVER_TYPE, TargetServerType.ANY.value())) {
            if (addCredentials(inspection)) {
                if (inspection.settings().get(Settings.AUTH).equals("iam")) {
                    first.started(DoctorStage.AWS_CLOCK);
                    long start = System.nanoTime();
                    AwsClockCheck check = new AwsClockCheck(inspection.settings(), variables, clock);
                    first.finished(check.result().in(since(start)));
                }
                examineServers(inspection, settings.get(Settings.TARGET_SERVER_TYPE));
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
        first.started(DoctorStage.CREDENTIALS);
        long start = System.nanoTime();
        String source = inspection.credentialsDescription();
        try {
            CredentialsSet set = inspection.credentials(inspection.settings().get(Settings.CONNECTION_TIMEOUT));
            List<String> labels =
                    set.candidates().stream().map(Credentials::label).toList();
            String text =
                    labels.equals(List.of(SINGLE_CANDIDATE)) ? source : source + ": " + String.join(", then ", labels);
            first.finished(DoctorStage.CREDENTIALS
                    .ok(text)
                    .in(since(start))
                    .with("source", source)
                    .with("candidates", labels));
            return true;
        } catch (CredentialsException e) {
            first.finished(DoctorStage.CREDENTIALS
                    .failed(Failure.of(e), e.problem(), "Run 'wellhead explain' to see why this source is used.")
                    .in(since(start))
                    .with("source", source));
            return false;
        }
    }

    /**
     * Checks all servers in parallel, also if one of them works: a service would use the others after a failover. The
     * servers of the reader are checked for their login, their role, and how far they are behind.
     *
     * @param target the type of server that is configured
     */
    private void examineServers(Inspection inspection, TargetServerType target) {
        ServerExamination examination =
                new ServerExamination(inspection, instances, clock, this::isChannelBindingPossible);
        DatabaseSettings settings = inspection.settings();
        List<HostAndPort> hosts = settings.hosts();
        ServerGroup group = new ServerGroup(hosts.size());
        List<FutureTask<Void>> stages = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            int index = i;
            stages.add(examine(hosts.get(i), lane -> examination.ofList(target, group, index, lane)));
        }
        TargetServerType readerTarget = SettingsCompletion.forReader(settings).get(Settings.TARGET_SERVER_TYPE);
        for (HostAndPort server : settings.readerHosts()) {
            // the login of the other servers is checked already
            if (!hosts.contains(server)) {
                stages.add(examine(server, lane -> examination.ofReader(readerTarget, server, lane)));
            }
        }
        first.close();
        for (FutureTask<Void> server : stages) {
            await(server);
        }
    }

    /** The stages of one server. */
    @FunctionalInterface
    private interface ServerStages {
        void run(StageListener listener);
    }

    private FutureTask<Void> examine(HostAndPort server, ServerStages stages) {
        OrderedResults.Lane lane = results.lane(server.toString());
        FutureTask<Void> task = new FutureTask<>(
                () -> {
                    try (lane) {
                        stages.run(lane);
                    }
                },
                null);
        start(task, "wellhead-doctor-" + server);
        return task;
    }

    private static void await(FutureTask<Void> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw unexpected(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unexpected(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e.getCause());
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

    /** {@return the time since {@code start}, a value of {@link System#nanoTime}} */
    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
