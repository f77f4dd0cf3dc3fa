package dev.wellhead.cli.output;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * Rows of text in columns. On a terminal the last column wraps and the table is as wide as the terminal; in a file or a
 * pipe every row is one line. Not thread-safe.
 */
public final class Table {

    private static final int DEFAULT_GAP = 2;
    private static final int MINIMUM_LAST_WIDTH = 20;

    private final Terminal terminal;
    private final int indent;
    private final int gap;
    private final List<List<Text>> rows = new ArrayList<>();

    /** @param indent the number of spaces at the start of each line */
    public Table(Terminal terminal, int indent) {
        this(terminal, indent, DEFAULT_GAP);
    }

    /** @param gap the number of spaces between columns */
    public Table(Terminal terminal, int indent, int gap) {
        this.terminal = terminal;
        this.indent = indent;
        this.gap = gap;
    }

    /** Adds a row without styles. */
    public Table row(String... cells) {
        return row(List.of(), cells);
    }

    /** Adds a row whose cells all have these styles; every row of a table has the same number of cells. */
    public Table row(List<IStyle> styles, String... cells) {
        List<Text> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(terminal.scheme().apply(printable(cell), styles));
        }
        rows.add(row);
        return this;
    }

    /** {@return the rows as lines, each with its line separator; empty if there are no rows} */
    public String render() {
        if (rows.isEmpty()) {
            return "";
        }
        TextTable table = TextTable.forColumns(terminal.scheme(), columns());
        table.indentWrappedLines = 0;
        for (List<Text> row : rows) {
            table.addRowValues(row.toArray(new Text[0]));
        }
        return table.toString();
    }

    private Column[] columns() {
        Column[] columns = new Column[rows.get(0).size()];
        int used = 0;
        for (int i = 0; i < columns.length; i++) {
            boolean last = i == columns.length - 1;
            int spaces = i == 0 ? indent : gap;
            int width = contentWidth(i);
            // TRUNCATE cuts nothing in a column of this width, and unlike WRAP it loads no rules for line breaks
            Overflow overflow = Overflow.TRUNCATE;
            if (terminal.isBounded() && last) {
                width = Math.max(MINIMUM_LAST_WIDTH, terminal.width() - used - spaces);
                overflow = Overflow.WRAP;
            } else if (terminal.isBounded() && i > 0) {
                // a longer cell continues into the next column, and the next cell starts on a new line
                width = Math.min(width, Math.max(1, (terminal.width() - used) / 2 - spaces));
                overflow = Overflow.SPAN;
            }
            columns[i] = new Column(spaces + width, spaces, overflow);
            used += spaces + width;
        }
        return columns;
    }

    private int contentWidth(int column) {
        int width = 1;
        for (List<Text> row : rows) {
            width = Math.max(width, row.get(column).plainString().length());
        }
        return width;
    }

    /** Values come from the environment and from servers: escape sequences and invisible characters are replaced. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int type = Character.getType(text.charAt(i));
            boolean visible = type != Character.CONTROL && type != Character.FORMAT;
            printable.append(visible ? text.charAt(i) : '\ufffd');
        }
        return printable.toString();
    }
}
