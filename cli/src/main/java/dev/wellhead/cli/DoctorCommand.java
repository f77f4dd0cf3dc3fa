package dev.wellhead.cli;

import dev.wellhead.cli.doctor.Doctor;
import dev.wellhead.cli.doctor.Report;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at the database from its settings to its round trip. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Connects, and says of each stage what was found, how long it took and one fix.",
        footer = {
            "",
            "Stages: settings, credentials, aws_clock (IAM), dns, tcp, tls, authentication, database, role, version, "
                    + "pooler, headroom, clock, round_trip. A chain ends where a stage fails.",
            "",
            "Exit codes: 0 no stage failed, 1 a problem was found, 2 the command line is wrong."
        })
final class DoctorCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of the service that share the server, for headroom (default: ${DEFAULT-VALUE}).")
    private int instances = 1;

    @Option(names = "--json", description = "For programs: docs/cli.md has the schema.")
    private boolean json;

    DoctorCommand(Surroundings surroundings, Clock clock) {
        this.surroundings = surroundings;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (instances < 1 && spec != null) {
            throw new ParameterException(spec.commandLine(), "--instances takes 1 or more, not " + instances);
        }
        String name = database.name();
        Report report = new Doctor(
                        name, surroundings.requests().apply(name), surroundings.variables(), instances, clock)
                .examine();
        surroundings.out().print(json ? report.json() : report.text(surroundings.terminal()));
        surroundings.out().flush();
        return report.isHealthy() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
