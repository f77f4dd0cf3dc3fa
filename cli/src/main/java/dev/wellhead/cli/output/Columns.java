package dev.wellhead.cli.output;

import dev.wellhead.internal.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.IStyle;

/**
 * Names with their values. On a wide terminal they are in several columns, which are read from top to bottom; in a file
 * or a pipe, each has a line of its own.
 */
public final class Columns {

    private static final int GAP = 2;

    private final Terminal terminal;
    private final int indent;
    private final IStyle[] styles;

    /** @param indent the number of spaces at the start of each line */
    public Columns(Terminal terminal, int indent, IStyle... styles) {
        this.terminal = terminal;
        this.indent = indent;
        this.styles = styles.clone();
    }

    /** {@return the lines, each with its line separator; empty if there are no entries} */
    public String render(Map<String, String> entries) {
        int nameWidth = 0;
        for (String name : entries.keySet()) {
            nameWidth = Math.max(nameWidth, name.length());
        }
        List<String> cells = new ArrayList<>();
        int width = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String cell = padded(entry.getKey(), nameWidth + GAP) + SafeText.sentence(entry.getValue());
            cells.add(cell);
            width = Math.max(width, cell.length());
        }
        int columns = Math.max(1, (terminal.width() - indent + GAP) / (width + GAP));
        int lines = (cells.size() + columns - 1) / columns;
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            StringBuilder row = new StringBuilder();
            for (int i = line; i < cells.size(); i += lines) {
                row.append(padded(cells.get(i), width + GAP));
            }
            text.append(" ".repeat(indent))
                    .append(terminal.style(row.toString().stripTrailing(), styles))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
