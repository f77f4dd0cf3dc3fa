package dev.wellhead.cli;

import dev.wellhead.cli.doctor.Doctor;
import dev.wellhead.cli.doctor.DoctorReport;
import dev.wellhead.cli.doctor.DoctorText;
import dev.wellhead.cli.doctor.ExaminationListener;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.output.RunningLine;
import dev.wellhead.cli.service.ServiceKind;
import dev.wellhead.cli.verdict.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Checks the database in stages, from its settings to its round-trip time. The stages are in {@link Doctor}; this class
 * has the options and the output.
 */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Connects to the database and reports, stage by stage, what works, what fails and how to fix it.",
        footer = {
            "",
            "Stages: settings, credentials, aws_clock (IAM only), dns, tcp, tls, authentication, database, role, "
                    + "version, pooler, headroom, clock, round_trip. If a stage fails, the stages that depend on it are "
                    + "not tested. Several servers are tested in parallel. The last line is the verdict.",
            "",
            "Also checks whether the other services that the environment names answer (docs/services.md). They do not "
                    + "change the exit code.",
            "",
            "Exit codes: 0 no stage failed, 64 wrong usage, 69 a failure that needs a repair, 75 a failure that can go "
                    + "away on its own, 78 invalid settings, 124 the time was up before a stage failed."
        })
final class DoctorCommand implements Callable<Integer> {

    /** The longest wait for the other services after the database has been examined. */
    private static final Duration SERVICES_LIMIT = Duration.ofSeconds(10);

    private final CommandContext context;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number of service instances that share the server, for the stage headroom "
                    + "(default: ${DEFAULT-VALUE}).")
    private int instances = 1;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "The longest time for all stages, such as 500ms, 60s or 2m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--json", description = "Write JSON; docs/cli.md describes its schema.")
    private boolean json;

    private boolean ended;

    /** @param clock this machine's clock, which is compared with others */
    DoctorCommand(CommandContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    /** {@return the exit code} Warnings do not change it, so that a deployment can use it as a check. */
    @Override
    public Integer call() throws InterruptedException {
        if (instances < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--instances must be 1 or more, not " + instances);
        }
        ServiceKind kind = service.kind(database);
        if (kind != null) {
            CommandLine command = Objects.requireNonNull(spec).commandLine();
            if (command.getParseResult().hasMatchedOption("--instances")) {
                throw new ParameterException(command, "--instances is only for a database.");
            }
            return new ServiceDoctor(context, json).run(kind, service.name(), database.request(context), timeout);
        }
        try (RunningLine running = new RunningLine(new ProgressLine(context.err(), context.errorTerminal()))) {
            DoctorText text = new DoctorText(context.out(), context.terminal(), running);
            String name = database.name();
            Doctor doctor = new Doctor(
                    name,
                    database.request(context),
                    context.variables(),
                    instances,
                    clock,
                    json ? new ProgressOnly(text) : text);
            long end = System.nanoTime() + timeout.toNanos();
            OtherServices services = OtherServices.start(database.request(context), context);
            OnShutdown interrupted = OnShutdown.run(() -> end(doctor, services, Outcome.INTERRUPTED, text));
            try (interrupted) {
                boolean finished = doctor.examine(timeout);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                services.await(left.compareTo(SERVICES_LIMIT) < 0 ? left : SERVICES_LIMIT);
                return end(doctor, services, finished ? Outcome.OK : Outcome.TIMED_OUT, text);
            }
        }
    }

    /** {@return the exit code} Prints the end of the output when it is called for the first time. */
    private synchronized int end(Doctor doctor, OtherServices services, Outcome end, DoctorText text) {
        if (ended) {
            return end.exitCode();
        }
        ended = true;
        DoctorReport report = doctor.report(end);
        if (json) {
            text.stop();
            context.out().print(report.json(services.json()));
            context.out().flush();
        } else {
            String note = services.verdict();
            text.end(
                    report.conclusion(),
                    report.verdict() + (note.isEmpty() ? "" : " " + note),
                    services.text(context.terminal()));
        }
        return report.conclusion().outcome().exitCode();
    }

    /** JSON is printed at the end; until then there is only the running line. */
    record ProgressOnly(DoctorText text) implements ExaminationListener {

        @Override
        public void begins(String name, String environment) {}

        @Override
        public void finished(StageResult result) {}

        @Override
        public void running(String activity) {
            text.running(activity);
        }
    }
}
