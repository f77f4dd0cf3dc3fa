package dev.wellhead.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text. On a terminal they share its width and wrap inside their column; in a file or a pipe every row is one
 * line. Not thread-safe.
 */
public final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 10;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Ink> inks = new ArrayList<>();
    private final String indent;

    /** @param indent what every line begins with */
    public Table(String indent) {
        this.indent = indent;
    }

    /** Adds a row; every row has as many cells. */
    public Table row(Ink ink, String... cells) {
        rows.add(List.of(cells));
        inks.add(ink);
        return this;
    }

    /** {@return the rows as lines, each with its line end} */
    public String render(Terminal terminal) {
        if (rows.isEmpty()) {
            return "";
        }
        int[] widths = widths(terminal);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            append(text, rows.get(i), inks.get(i), widths, terminal);
        }
        return text.toString();
    }

    private int[] widths(Terminal terminal) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        if (terminal.isBounded()) {
            int room = terminal.width() - indent.length() - GAP.length() * (columns - 1);
            narrow(widths, Math.max(room, NARROWEST * columns));
        }
        return widths;
    }

    /** Takes from the widest until all fit; a column that is narrower than its share keeps its width. */
    private static void narrow(int[] widths, int room) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        while (sum > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                if (widths[i] >= widths[widest]) {
                    widest = i;
                }
            }
            widths[widest]--;
            sum--;
        }
    }

    private void append(StringBuilder text, List<String> row, Ink ink, int[] widths, Terminal terminal) {
        List<List<String>> cells = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < widths.length; i++) {
            List<String> lines = Wrap.lines(row.get(i), terminal.isBounded() ? widths[i] : 0);
            cells.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder whole = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String part = line < cells.get(i).size() ? cells.get(i).get(line) : "";
                whole.append(i == 0 ? "" : GAP).append(part);
                whole.append(" ".repeat(widths[i] - part.length()));
            }
            text.append(indent)
                    .append(terminal.ink(ink, whole.toString().stripTrailing()))
                    .append(System.lineSeparator());
        }
    }
}
