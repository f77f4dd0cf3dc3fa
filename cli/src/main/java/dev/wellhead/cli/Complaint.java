package dev.wellhead.cli;

import dev.wellhead.cli.text.Ink;
import dev.wellhead.cli.text.Terminal;
import dev.wellhead.cli.text.Wrap;
import dev.wellhead.settings.ConfigurationException;
import java.util.List;

/** Says on the standard error why a command did not do what it was asked to. */
final class Complaint {

    private final Surroundings surroundings;

    Complaint(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void say(String message) {
        Terminal terminal = surroundings.errTerminal();
        for (String line : message.split("\\R", -1)) {
            String lead = line.substring(0, line.length() - line.stripLeading().length());
            surroundings.err().println(Wrap.paragraph(lead, line.strip(), terminal));
        }
        surroundings.err().flush();
    }

    void say(ConfigurationException e) {
        StringBuilder text = new StringBuilder();
        List<Finding> findings = e.problems().stream().map(Finding::error).toList();
        new FindingsText(surroundings.errTerminal()).append(text, findings);
        surroundings.err().print(text);
        surroundings
                .err()
                .println(surroundings
                        .errTerminal()
                        .ink(Ink.BAD, "It cannot be opened. wellhead explain says what was decided."));
        surroundings.err().flush();
    }

}
