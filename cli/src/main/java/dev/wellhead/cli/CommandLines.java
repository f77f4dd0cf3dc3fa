package dev.wellhead.cli;

import dev.wellhead.cli.text.Ink;
import dev.wellhead.cli.text.Wrap;
import java.time.Clock;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together. */
final class CommandLines {

    private CommandLines() {}

    static CommandLine of(Surroundings surroundings) {
        // what follows the command's name is the command's
        CommandLine exec = new CommandLine(new ExecCommand(surroundings)).setStopAtPositional(true);
        CommandLine commands = new CommandLine(new WellheadCommand())
                .addSubcommand("explain", new ExplainCommand(surroundings))
                .addSubcommand("doctor", new DoctorCommand(surroundings, Clock.systemUTC()))
                .addSubcommand("wait", new WaitCommand(surroundings))
                .addSubcommand("exec", exec)
                .addSubcommand("completion", new AutoComplete.GenerateCompletion());
        Objects.requireNonNull(commands.getSubcommands().get("completion"))
                .getCommandSpec()
                .usageMessage()
                .hidden(false)
                .description("Prints a completion script for bash or zsh: source <(wellhead completion)");
        commands.setOut(surroundings.out());
        commands.setErr(surroundings.err());
        commands.setColorScheme(
                CommandLine.Help.defaultColorScheme(surroundings.terminal().coloured() ? Ansi.ON : Ansi.OFF));
        if (surroundings.terminal().isBounded()) {
            commands.setUsageHelpWidth(
                    Math.max(55, Math.min(surroundings.terminal().width(), 120)));
        }
        commands.setExecutionExceptionHandler((unexpected, command, parsed) -> failed(surroundings, unexpected));
        return commands;
    }

    private static int failed(Surroundings surroundings, Exception unexpected) {
        String message = unexpected.getMessage() == null ? unexpected.getClass().getName() : unexpected.getMessage();
        surroundings
                .err()
                .println(surroundings
                        .errTerminal()
                        .ink(Ink.BAD, Wrap.paragraph("wellhead: ", message, surroundings.errTerminal())));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
