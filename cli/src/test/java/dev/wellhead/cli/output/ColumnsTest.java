package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

class ColumnsTest {

    private static final Map<String, String> ENTRIES = new LinkedHashMap<>();

    static {
        ENTRIES.put("readOnly", "false");
        ENTRIES.put("port", "5432");
        ENTRIES.put("pooler", "none");
    }

    @Test
    void render_wideTerminal_usesSeveralColumnsFromTopToBottom() {
        assertThat(new Columns(new Terminal(true, Ansi.OFF, 40), 2)
                        .render(ENTRIES)
                        .lines())
                .containsExactly("  readOnly  false  pooler    none", "  port      5432");
    }

    @Test
    void render_narrowTerminalOrPipe_usesOneColumn() {
        for (Terminal terminal : new Terminal[] {new Terminal(true, Ansi.OFF, 30), Terminal.PIPE}) {
            assertThat(new Columns(terminal, 2).render(ENTRIES).lines())
                    .containsExactly("  readOnly  false", "  port      5432", "  pooler    none");
        }
    }

    @Test
    void render_valueWithEscapeSequence_replacesIt() {
        assertThat(new Columns(new Terminal(true, Ansi.ON, 80), 0, Style.faint).render(Map.of("a", "b\u001b[2J")))
                .contains("b?[2J");
    }

    @Test
    void render_nothing_isEmpty() {
        assertThat(new Columns(Terminal.PIPE, 2).render(Map.of())).isEmpty();
    }
}
