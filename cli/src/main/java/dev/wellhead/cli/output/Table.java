package dev.wellhead.cli.output;

import dev.wellhead.internal.text.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
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
    /** The last column has at least this width, even if the terminal is too narrow: narrower text is not readable. */
    private static final int MINIMUM_LAST_WIDTH = 20;

    private final Terminal terminal;
    private final int indent;
    private final int gap;
    private final List<Row> rows = new ArrayList<>();
    private int[] minimumWidths = {};

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

    /**
     * Gives the first columns at least these widths, so that tables which are printed one after the other have the same
     * columns.
     */
    public Table atLeast(int... widths) {
        minimumWidths = widths.clone();
        return this;
    }

    /** Adds a row without styles. */
    public Table row(String... cells) {
        return row(List.of(), cells);
    }

    /** Adds a row whose cells all have these styles; every row of a table has the same number of cells. */
    public Table row(List<IStyle> styles, String... cells) {
        rows.add(new Row(styles, styles, printable(cells)));
        return this;
    }

    /** Adds a row of which only the first cell has these styles. */
    public Table labelled(List<IStyle> styles, String... cells) {
        rows.add(new Row(styles, List.of(), printable(cells)));
        return this;
    }

    private static List<String> printable(String... cells) {
        List<String> printable = new ArrayList<>();
        for (String cell : cells) {
            printable.add(SafeText.sentence(cell));
        }
        return printable;
    }

    private record Row(List<IStyle> first, List<IStyle> others, List<String> cells) {

        List<IStyle> styles(int column) {
            return column == 0 ? first : others;
        }
    }

    /** {@return the rows as lines, each with its line separator; empty if there are no rows} */
    public String render() {
        if (rows.isEmpty()) {
            return "";
        }
        Column[] columns = columns();
        TextTable table = TextTable.forColumns(terminal.scheme(), columns);
        table.indentWrappedLines = 0;
        int last = columns.length - 1;
        int width = columns[last].width - columns[last].indent;
        for (Row row : rows) {
            Text[] texts = new Text[columns.length];
            for (int i = 0; i < last; i++) {
                texts[i] = text(row.cells().get(i), row.styles(i));
            }
            for (String line : wrap(row.cells().get(last), width)) {
                texts[last] = text(line, row.styles(last));
                table.addRowValues(texts);
                Arrays.fill(texts, text("", List.of()));
            }
        }
        return table.toString();
    }

    /** {@code apply} adds a reset even without styles, but unlike {@code new Text} it does not interpret markup. */
    private Text text(String text, List<IStyle> styles) {
        Help.ColorScheme scheme = terminal.scheme();
        boolean plain = styles.isEmpty() && !text.contains("@|");
        return plain ? scheme.ansi().new Text(text, scheme) : scheme.apply(text, styles);
    }

    /** Breaks only at spaces, so that paths and host names stay whole. TextTable breaks words that are still too long. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width && rest.indexOf(' ') >= 0) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : rest.indexOf(' ', 1);
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
        return lines;
    }

    /**
     * {@return the widths of the columns} Without a terminal each column is as wide as its content. On a terminal the
     * last column gets the remaining width, and a column between gets at most half of it.
     */
    private Column[] columns() {
        Column[] columns = new Column[rows.get(0).cells().size()];
        int used = 0;
        for (int i = 0; i < columns.length; i++) {
            boolean last = i == columns.length - 1;
            int spaces = i == 0 ? indent : gap;
            int width = contentWidth(i);
            // cuts nothing, because the column is as wide as its content
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

    /** {@return the width of the longest cell, at least 1} */
    private int contentWidth(int column) {
        int width = column < minimumWidths.length ? minimumWidths[column] : 1;
        for (Row row : rows) {
            width = Math.max(width, row.cells().get(column).length());
        }
        return width;
    }
}
