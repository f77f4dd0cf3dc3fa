package dev.wellhead.cli;

import dev.wellhead.cli.doctor.Doctor;
import dev.wellhead.cli.doctor.DoctorReport;
import java.time.Clock;
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
                    + "not tested.",
            "",
            "Exit codes: 0 no stage failed, 1 a stage failed, 2 wrong usage."
        })
final class DoctorCommand implements Callable<Integer> {

    private final CommandContext context;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number of service instances that share the server, for the stage headroom "
                    + "(default: ${DEFAULT-VALUE}).")
    private int instances = 1;

    @Option(names = "--json", description = "Write JSON; docs/cli.md describes its schema.")
    private boolean json;

    /** @param clock this machine's clock, which is compared with others */
    DoctorCommand(CommandContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    /**
     * {@return 0 if no stage failed, otherwise 1} Warnings do not change the exit code, so that a deployment can use it
     * as a check.
     */
    @Override
    public Integer call() {
        if (instances < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--instances must be 1 or more, not " + instances);
        }
        String name = database.name();
        DoctorReport report =
                new Doctor(name, context.requests().apply(name), context.variables(), instances, clock).examine();
        context.out().print(json ? report.json() : report.text(context.terminal()));
        context.out().flush();
        return report.isHealthy() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
