package dev.wellhead.cli;

import dev.wellhead.cli.text.Ink;
import dev.wellhead.cli.text.Terminal;
import dev.wellhead.cli.text.Wrap;
import java.util.List;

/** Problems and warnings as numbered paragraphs. */
final class FindingsText {

    private static final String LINE = System.lineSeparator();

    private final Terminal terminal;

    FindingsText(Terminal terminal) {
        this.terminal = terminal;
    }

    void append(StringBuilder text, List<Finding> findings) {
        int number = 1;
        for (Finding finding : findings) {
            Ink ink = finding.isError() ? Ink.BAD : Ink.WARNING;
            String label = finding.isError() ? "problem" : "warning";
            String lead = number++ + ". ";
            String body = label + ": " + finding.message();
            text.append(inked(ink, Wrap.paragraph(lead, body, terminal))).append(LINE);
            String indent = " ".repeat(lead.length());
            if (!finding.origin().isEmpty()) {
                text.append(Wrap.paragraph(indent, finding.origin(), terminal)).append(LINE);
            }
            for (String fix : finding.fixes()) {
                text.append(Wrap.paragraph(indent, fix, terminal)).append(LINE);
            }
            text.append(LINE);
        }
    }

    /** Line by line: a pager takes a colour that spans lines amiss. */
    private String inked(Ink ink, String paragraph) {
        StringBuilder inked = new StringBuilder();
        for (String line : paragraph.split(LINE, -1)) {
            inked.append(inked.isEmpty() ? "" : LINE).append(terminal.ink(ink, line));
        }
        return inked.toString();
    }
}
