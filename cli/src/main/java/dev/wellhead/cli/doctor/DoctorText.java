package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.RunningLine;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.verdict.Outcome;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints the stages for people, each when it finishes, and then the verdict. */
public final class DoctorText implements ExaminationListener {

    private static final int LABEL_WIDTH = 4;
    private static final int STAGE_WIDTH = 14;
    private static final int TIME_WIDTH = 7;

    private final PrintWriter out;
    private final Terminal terminal;
    private final RunningLine running;
    /** The server of the last row. */
    private String server = "";

    /** @param terminal what {@code out} is connected to */
    public DoctorText(PrintWriter out, Terminal terminal, RunningLine running) {
        this.out = out;
        this.terminal = terminal;
        this.running = running;
    }

    @Override
    public void begins(String name, String environment) {
        begins("Database '" + name + "' in environment '" + environment + "'");
    }

    /** Prints the title. */
    public void begins(String title) {
        running.print(() -> {
            out.println(terminal.style(title, Style.bold));
            out.println();
            out.flush();
        });
    }

    @Override
    public void running(String activity) {
        running.show(activity.isEmpty() ? "" : "Testing " + activity);
    }

    /** Prints the row of the stage, after a heading if it is the first row of a server. */
    @Override
    public void finished(StageResult result) {
        if (result.status() == StageStatus.NOT_TESTED) {
            return;
        }
        running.print(() -> {
            if (!result.server().equals(server)) {
                server = result.server();
                out.println();
                out.println(terminal.style(server, Style.bold));
            }
            out.print(row(result));
            out.flush();
        });
    }

    private String row(StageResult result) {
        Table table = table(terminal);
        addRow(table, result, result.stage().code(), result.text());
        return table.render();
    }

    /** {@return a table for {@link #addRow}} Its columns have fixed widths, because rows are printed before the later ones are known. */
    public static Table table(Terminal terminal) {
        return new Table(terminal, 0).atLeast(LABEL_WIDTH, STAGE_WIDTH, TIME_WIDTH);
    }

    /** Adds the row of a result, and one for each of its fixes. */
    public static void addRow(Table table, StageResult result, String title, String text) {
        String failure = result.failure() == null ? "" : " [" + result.failure().kind() + "]";
        table.labelled(result.status().styles(), result.status().label(), title, result.time(), text + failure);
        for (String fix : result.fixes()) {
            table.row("", "", "", "Fix: " + fix);
        }
    }

    /** Removes the running line, without a verdict. */
    public void stop() {
        running.close();
    }

    /**
     * Prints why stages were not tested, the other services, and the verdict in the last line. The verdict is not wrapped.
     *
     * @param services a section; may be empty
     */
    public void end(Conclusion conclusion, String verdict, String services) {
        stop();
        out.println();
        out.print(notTested(conclusion.results()));
        if (!services.isEmpty()) {
            out.println(services);
        }
        Style colour = conclusion.outcome() != Outcome.OK
                ? Style.fg_red
                : conclusion.warns() ? Style.fg_yellow : Style.fg_green;
        out.println(terminal.style(verdict, Style.bold, colour));
        out.flush();
    }

    /** {@return one line for each reason and group of stages, with all servers that it applies to} */
    private String notTested(List<StageResult> results) {
        Map<List<String>, Set<String>> stagesOfServer = new LinkedHashMap<>();
        for (StageResult result : results) {
            if (result.status() == StageStatus.NOT_TESTED) {
                stagesOfServer
                        .computeIfAbsent(List.of(result.text(), result.server()), key -> new LinkedHashSet<>())
                        .add(result.stage().code());
            }
        }
        Map<List<String>, Set<String>> servers = new LinkedHashMap<>();
        stagesOfServer.forEach((key, stages) -> servers.computeIfAbsent(
                        List.of(key.get(0), String.join(", ", stages)), sameStages -> new LinkedHashSet<>())
                .add(key.get(1)));
        Table lines = new Table(terminal, 0);
        servers.forEach((key, names) -> {
            String on = names.contains("") ? "" : " on " + String.join(", ", names);
            lines.row("Not tested because " + key.get(0) + on + ": " + key.get(1) + ".");
        });
        return lines.render();
    }
}
