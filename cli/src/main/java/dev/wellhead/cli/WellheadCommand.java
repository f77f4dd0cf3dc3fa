package dev.wellhead.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a command: says what there is. */
@Command(
        name = "wellhead",
        mixinStandardHelpOptions = true,
        versionProvider = WellheadCommand.Version.class,
        description = "The database of this environment: what was decided, whether it works, and a way in.",
        footer = {
            "",
            "The database is resolved exactly as a service does: system properties, DATABASE_URL and DB_*, "
                    + "application.conf (on the class path, or -Dconfig.file), PG* and libpq's files, defaults of the "
                    + "environment.",
            "",
            "Exit codes: 0 all is well, 1 a problem was found, 2 the command line is wrong."
        })
final class WellheadCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = WellheadCommand.class.getPackage().getImplementationVersion();
            return new String[] {"wellhead " + (version == null ? "(not packaged)" : version)};
        }
    }
}
