package dev.wellhead.cli;

import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Writes an {@link ExplainReport} for people. */
final class ExplainText {

    private static final String LINE = System.lineSeparator();
    private static final int INDENT = 2;
    private static final List<IStyle> FAINT = List.of(Style.faint);

    private final ExplainReport report;
    private final Terminal terminal;

    ExplainText(ExplainReport report, Terminal terminal) {
        this.report = report;
        this.terminal = terminal;
    }

    /**
     * {@return the whole text: an overview, the settings, the properties of the libraries, the findings, a summary}
     */
    String render() {
        List<ResolvedSetting> configured = new ArrayList<>();
        List<ResolvedSetting> defaults = new ArrayList<>();
        for (ResolvedSetting setting : report.settings()) {
            boolean isDefault = setting.origin().kind() == Origin.Kind.DEFAULT;
            (isDefault ? defaults : configured).add(setting);
        }
        String title = "Database '" + report.name() + "' in environment '" + report.environment() + "'";
        return section(title, overview())
                + section("Configured settings", settings(configured, List.of()))
                + section("Default settings", settings(defaults, FAINT))
                + section("HikariCP properties (times in milliseconds)", properties(report.pool()))
                + section("pgjdbc properties", properties(report.driver()))
                + Finding.render(report.findings(), terminal)
                + summary()
                + LINE;
    }

    /** {@return a title and its table; empty if the table has no rows} */
    private String section(String title, Table table) {
        String text = table.render();
        return text.isEmpty() ? "" : terminal.style(title, Style.bold) + LINE + text + LINE;
    }

    /**
     * The most frequently needed facts: the servers, the database, the user, the credentials and the TLS verification.
     */
    private Table overview() {
        String servers = report.hosts().stream().map(HostAndPort::toString).collect(Collectors.joining(", "));
        String credentials = report.credentials();
        Table table = new Table(terminal, INDENT)
                .row("servers", orUnknown(servers))
                .row("database", orUnknown(report.value(Settings.NAME)))
                .row("user", orUnknown(report.value(Settings.USER)))
                .row("credentials", credentials == null ? "unknown" : credentials)
                .row("SSL mode", orUnknown(report.value(Settings.SSLMODE)));
        if (report.isValid()) {
            String anchors = report.trustAnchors();
            table.row("certificates", anchors == null ? "not verified" : "verified with " + anchors);
        }
        String vanishedServer = report.vanishedServer();
        if (vanishedServer != null) {
            table.row("lost server", vanishedServer);
        }
        return table;
    }

    private String orUnknown(String value) {
        if (!value.isEmpty()) {
            return value;
        }
        // valid settings without a host, database or user read it from the secret
        return report.isValid() ? "in the secret" : "unknown";
    }

    /** {@return one row per setting, each followed by a row per value that it overrides} */
    private Table settings(List<ResolvedSetting> settings, List<IStyle> styles) {
        Table table = new Table(terminal, INDENT);
        for (ResolvedSetting setting : settings) {
            table.row(styles, setting.name(), setting.value(), setting.origin().description());
            for (ResolvedSetting.Shadowed overridden : setting.shadowed()) {
                table.row(
                        FAINT,
                        "",
                        overridden.value(),
                        "overridden: " + overridden.origin().description());
            }
        }
        return table;
    }

    private Table properties(Map<String, String> properties) {
        Table table = new Table(terminal, INDENT);
        properties.forEach((name, value) -> table.row(FAINT, name, value));
        return table;
    }

    /** {@return the last line of the output, which a person reads first} */
    private String summary() {
        long errors = report.findings().stream().filter(Finding::isError).count();
        long warnings = report.findings().size() - errors;
        if (errors > 0) {
            String text = "The database cannot be opened: " + (errors == 1 ? "1 error." : errors + " errors.");
            return terminal.style(text, Style.bold, Style.fg_red);
        }
        if (warnings > 0) {
            String text = "The settings are valid, with " + (warnings == 1 ? "1 warning." : warnings + " warnings.");
            return terminal.style(text, Style.fg_yellow);
        }
        return terminal.style("The settings are valid.", Style.fg_green);
    }
}
