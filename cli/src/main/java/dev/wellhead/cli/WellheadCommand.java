package dev.wellhead.cli;

import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.text.SafeText;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code wellhead} itself: without a subcommand it prints its usage. */
@Command(
        name = "wellhead",
        mixinStandardHelpOptions = true,
        versionProvider = WellheadCommand.Version.class,
        description = "Shows, checks and opens the database that this environment configures.",
        footer = {
            "",
            "Settings are resolved exactly as in a service: from system properties, DATABASE_URL and DB_*, "
                    + "application.conf (on the class path, or -Dconfig.file), PG* and libpq's files, and the defaults "
                    + "of the environment.",
            "",
            "Exit codes: 0 success, 64 wrong usage, 69 the database does not work (give up), 70 internal error, "
                    + "75 it does not work at the moment (retry), 78 invalid settings, 124 the time was up, 130 "
                    + "interrupted."
        })
final class WellheadCommand implements Callable<Integer> {

    /** The limits for usage messages: picocli accepts no less than 55, and longer lines are hard to read. */
    private static final int MINIMUM_USAGE_WIDTH = 55;

    private static final int MAXIMUM_USAGE_WIDTH = 120;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * {@return the command with its subcommands, ready to execute} Output and colours are those of the context, so that
     * tests do not need a process of their own. An unexpected exception is printed as one line, without a stack trace.
     */
    static CommandLine commandLine(CommandContext context) {
        CommandLine commands = new CommandLine(new WellheadCommand())
                .addSubcommand("explain", new ExplainCommand(context))
                .addSubcommand("doctor", new DoctorCommand(context, Clock.systemUTC()))
                .addSubcommand("wait", new WaitCommand(context))
                // the options after the name of the program belong to that program
                .addSubcommand("exec", new CommandLine(new ExecCommand(context)).setStopAtPositional(true))
                .addSubcommand("completion", new AutoComplete.GenerateCompletion());
        Objects.requireNonNull(commands.getSubcommands().get("completion"))
                .getCommandSpec()
                .usageMessage()
                .hidden(false)
                .description("Prints a completion script for bash or zsh: source <(wellhead completion)");
        useExitCodes(commands);
        commands.setOut(context.out());
        commands.setErr(context.err());
        commands.setColorScheme(
                CommandLine.Help.defaultColorScheme(context.terminal().ansi()));
        if (context.terminal().isBounded()) {
            int width = context.terminal().width();
            commands.setUsageHelpWidth(Math.max(MINIMUM_USAGE_WIDTH, Math.min(width, MAXIMUM_USAGE_WIDTH)));
        }
        commands.setParameterExceptionHandler((wrong, arguments) -> usage(wrong));
        commands.setExecutionExceptionHandler((unexpected, command, parsed) -> {
            new ErrorOutput(context)
                    .print("wellhead: " + Objects.requireNonNullElse(unexpected.getMessage(), unexpected.toString()));
            return Outcome.INTERNAL.exitCode();
        });
        return commands;
    }

    /** As picocli does, but without the control characters of an argument. */
    private static int usage(CommandLine.ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr()
                .println(command.getColorScheme()
                        .errorText(SafeText.sentence(Objects.requireNonNullElse(wrong.getMessage(), ""))));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            command.usage(command.getErr());
        }
        return Outcome.USAGE.exitCode();
    }

    private static void useExitCodes(CommandLine command) {
        command.getCommandSpec().exitCodeOnInvalidInput(Outcome.USAGE.exitCode());
        command.getSubcommands().values().forEach(WellheadCommand::useExitCodes);
    }

    /** {@return the exit code for wrong usage: there was no subcommand} */
    @Override
    public Integer call() {
        CommandLine commands = Objects.requireNonNull(spec).commandLine();
        commands.usage(commands.getErr());
        return Outcome.USAGE.exitCode();
    }

    /** The version in the manifest of the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = WellheadCommand.class.getPackage().getImplementationVersion();
            return new String[] {"wellhead " + (version == null ? "(not packaged)" : version)};
        }
    }
}
