package dev.wellhead.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the settings and their origins. Opens no connection. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Shows every setting, its origin and the values it overrides. Opens no connection.",
        footer = {"", "Exit codes: 0 the settings are valid, 1 they are not, 2 wrong usage."})
final class ExplainCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Write JSON; docs/cli.md describes its schema.")
    private boolean json;

    ExplainCommand(CommandContext context) {
        this.context = context;
    }

    /** {@return 0 if the settings are valid, otherwise 1} Warnings do not change the exit code. */
    @Override
    public Integer call() {
        ExplainReport report = ExplainReport.of(database.name(), context);
        context.out().print(json ? ExplainJson.of(report) : new ExplainText(report, context.terminal()).render());
        context.out().flush();
        return report.isValid() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
