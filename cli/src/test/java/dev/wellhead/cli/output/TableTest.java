package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

class TableTest {

    private static final Terminal NARROW = new Terminal(true, Ansi.OFF, 40);

    private static List<String> lines(Table table) {
        return table.render().lines().toList();
    }

    @Test
    void table_withoutRows_isEmpty() {
        assertThat(new Table(NARROW, 2).render()).isEmpty();
    }

    @Test
    void columns_inAPipe_areAsWideAsTheirContent() {
        String words = "word ".repeat(60).strip();

        Table table = new Table(Terminal.PIPE, 2).row("a", "value", words).row("longer", "b", "c");

        assertThat(lines(table)).containsExactly("  a       value  " + words, "  longer  b      c");
    }

    @Test
    void lastColumn_onATerminal_wrapsAtSpaces() {
        Table table = new Table(NARROW, 0).row("name", "a text of some words that does not fit in one line");

        assertThat(lines(table)).containsExactly("name  a text of some words that does not", "      fit in one line");
    }

    @Test
    void cell_hostNameOrPath_isNotBroken() {
        Table table = new Table(NARROW, 0).row("name", "the server is db-1.internal and its file /etc/tls/root.crt");

        assertThat(lines(table))
                .containsExactly("name  the server is db-1.internal and", "      its file /etc/tls/root.crt");
    }

    @Test
    void word_thatIsWiderThanTheColumn_isBroken() {
        Table table = new Table(NARROW, 0).row("name", "x".repeat(50));

        assertThat(lines(table)).containsExactly("name  " + "x".repeat(34), "      " + "x".repeat(16));
    }

    @Test
    void middleCell_thatIsTooLong_putsTheNextCellOnItsOwnLine() {
        Table table = new Table(NARROW, 0)
                .row("host", "db-1.internal,db-2.internal", "default")
                .row("port", "5432", "default");

        assertThat(lines(table))
                .containsExactly(
                        "host  db-1.internal,db-2.internal",
                        "                        default",
                        "port  5432              default");
    }

    @Test
    void rows_ofAnyContent_stayWithinTheWidth() {
        for (int width = 80; width < 170; width += 7) {
            Table table = new Table(new Terminal(true, Ansi.OFF, width), 2);
            for (int length = 1; length < 200; length += 13) {
                table.row("name".repeat(1 + length % 7), "v".repeat(length), "some words, and ".repeat(1 + length % 9));
            }

            int limit = width;
            assertThat(lines(table)).allMatch(line -> line.length() <= limit);
        }
    }

    @Test
    void styles_areWrittenAroundEachCellAndLine() {
        Table table = new Table(new Terminal(true, Ansi.ON, 40), 0)
                .row(List.of(Style.fg_green), "ok", "a text of some words that does not fit in one line");

        assertThat(lines(table))
                .hasSize(2)
                .allMatch(line -> line.endsWith("\u001b[39m\u001b[0m"))
                .allMatch(line -> line.contains("\u001b[32m"));
    }

    @Test
    void escapeSequences_inAValue_areReplaced() {
        Table table = new Table(Terminal.PIPE, 0).row("name", "a\u001b[31mb\nc\u202ed\u009be");

        assertThat(lines(table)).containsExactly("name  a?[31mb c?d?e");
    }

    @Test
    void markup_inAValue_isNotInterpreted() {
        Table table = new Table(new Terminal(true, Ansi.ON, 80), 0).row("name", "@|red x|@");

        assertThat(table.render().replaceAll("\u001b\\[[0-9;]*m", "").strip()).isEqualTo("name  @|red x|@");
    }
}
