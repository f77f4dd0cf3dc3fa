package dev.wellhead.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what was decided and why, without a network. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Says what the settings of the database are, where each comes from and what lost to it. Offline.",
        footer = {"", "Exit codes: 0 it can be opened, 1 it cannot, 2 the command line is wrong."})
final class ExplainCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "For programs: docs/cli.md has the schema.")
    private boolean json;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Explanation explanation = Explanation.of(database.name(), surroundings);
        String text = json
                ? ExplanationJson.of(explanation)
                : new ExplanationText(explanation, surroundings.terminal()).render();
        surroundings.out().print(text);
        surroundings.out().flush();
        return explanation.canBeOpened() ? 0 : 1;
    }
}
