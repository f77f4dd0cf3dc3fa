package dev.wellhead.cli;

import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.settings.ConfigurationException;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints to the standard error why a command failed. */
final class ErrorOutput {

    private final CommandContext context;

    ErrorOutput(CommandContext context) {
        this.context = context;
    }

    /** Wraps each line of the message on its own and keeps its indentation. */
    void print(String message) {
        for (String line : message.split("\\R", -1)) {
            int indent = line.length() - line.stripLeading().length();
            context.err()
                    .print(new Table(context.errorTerminal(), indent)
                            .row(line.strip())
                            .render());
        }
        context.err().flush();
    }

    /** Prints every problem with its origin and its fixes, as {@code explain} does, and then a summary. */
    void print(ConfigurationException e) {
        Terminal terminal = context.errorTerminal();
        context.err()
                .print(Finding.render(e.problems().stream().map(Finding::error).toList(), terminal));
        context.err()
                .println(terminal.style(
                        "The database cannot be opened. Run 'wellhead explain' to see all settings.",
                        Style.bold,
                        Style.fg_red));
        context.err().flush();
    }
}
