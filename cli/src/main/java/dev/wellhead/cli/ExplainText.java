package dev.wellhead.cli;

import dev.wellhead.cli.output.Columns;
import dev.wellhead.cli.output.NameOption;
import dev.wellhead.cli.output.Quantity;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.service.ServiceListing;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Writes an {@link ExplainReport} for people: the verdict first, then what was set. */
final class ExplainText {

    private static final String LINE = System.lineSeparator();
    private static final int INDENT = 2;
    private static final List<IStyle> FAINT = List.of(Style.faint);

    private final ExplainReport report;
    private final ServiceListing services;
    private final Terminal terminal;
    private final boolean all;

    /** @param all whether to include the defaults and the properties of the libraries */
    ExplainText(ExplainReport report, ServiceListing services, Terminal terminal, boolean all) {
        this.report = report;
        this.services = services;
        this.terminal = terminal;
        this.all = all;
    }

    /** {@return the whole text: the verdict, the findings, what was set, and a hint or the rest} */
    String render() {
        List<ResolvedSetting> set = new ArrayList<>();
        Map<String, String> defaults = new LinkedHashMap<>();
        for (ResolvedSetting setting : report.settings()) {
            if (setting.origin().kind() == Origin.Kind.DEFAULT) {
                defaults.put(setting.name(), setting.value());
            } else {
                set.add(setting);
            }
        }
        StringBuilder text = new StringBuilder(verdict());
        if (report.isValid()) {
            text.append(overview().render());
        }
        String findings = Finding.render(report.findings(), terminal);
        text.append(findings.isEmpty() ? LINE : findings);
        text.append(section(report.isValid() ? "Settings" : "Valid settings", settings(set)));
        if (report.vanishedServer() != null) {
            text.append(paragraph("A server that vanishes is " + report.vanishedServer() + "."));
        }
        String others = section("Other services", services.text(terminal));
        if (!all) {
            text.append(others.isEmpty() ? "" : LINE + others);
            // without a valid name, there are no settings
            return text.append(defaults.isEmpty() ? "" : paragraph(hint(defaults.size())))
                    .toString();
        }
        text.append(LINE)
                .append(section("Default settings", properties(defaults)))
                .append(section("HikariCP properties (times in milliseconds)", properties(report.pool())))
                .append(driver())
                .append(others);
        // after so many lines, a terminal no longer shows the first one
        return text.append(verdict()).toString();
    }

    /** {@return the first line, which states whether the database can be opened} */
    private String verdict() {
        long errors = report.findings().stream().filter(Finding::isError).count();
        long warnings = report.findings().size() - errors;
        String title = isOfDatabase() ? "Database" : report.catalogue().title();
        String text = title + " '" + report.name() + "' in environment '" + report.environment() + "' ";
        List<IStyle> styles;
        if (errors > 0) {
            text += "cannot be opened: " + Quantity.of(errors, "error") + ".";
            styles = List.of(Style.bold, Style.fg_red);
        } else if (warnings > 0) {
            text += "can be opened, with " + Quantity.of(warnings, "warning") + ".";
            styles = List.of(Style.bold, Style.fg_yellow);
        } else {
            text += "can be opened.";
            styles = List.of(Style.bold, Style.fg_green);
        }
        return new Table(terminal, 0).row(styles, text).render();
    }

    /** The most frequently needed facts: where, who and the source of the password, how encrypted. */
    private Table overview() {
        Table table = connection();
        ExplainedMigrations migrations = report.migrations();
        return migrations == null ? table : table.row("migrations", migrations.text());
    }

    private Table connection() {
        String servers = report.hosts().stream().map(HostAndPort::toString).collect(Collectors.joining(", "));
        String database = report.database();
        String user = report.value(Settings.USER);
        return new Table(terminal, INDENT)
                .row(
                        report.hosts().size() > 1 ? "servers" : "server",
                        // valid settings without a host or a database read it from the secret
                        (servers.isEmpty() ? "in the secret" : servers)
                                + (database.isEmpty() ? "" : ", database " + database))
                .row("login", (user.isEmpty() ? "" : user + ", ") + report.credentials())
                .row("TLS", encryption());
    }

    private String encryption() {
        String mode = report.value(Settings.SSLMODE);
        if (mode.equals(SslMode.DISABLE.value())) {
            return "not encrypted (sslmode " + mode + ")";
        }
        String anchors = report.trustAnchors();
        return anchors == null ? mode + ", the server is not verified" : mode + " with " + anchors;
    }

    /** {@return a title and its lines; empty if there are none} */
    private String section(String title, String lines) {
        return lines.isEmpty() ? "" : terminal.style(title, Style.bold) + LINE + lines + LINE;
    }

    private String paragraph(String text) {
        return new Table(terminal, 0).row(text).render();
    }

    private String hint(int defaults) {
        String selection = isOfDatabase()
                ? NameOption.of("--database", report.name())
                : " --service cache" + NameOption.of("--name", report.name());
        return Quantity.of(defaults, "other setting") + (defaults == 1 ? " has its default." : " have their default.")
                + " 'wellhead explain" + selection + " --all' shows everything.";
    }

    private boolean isOfDatabase() {
        return report.catalogue().isOfDatabases();
    }

    /** {@return one row per setting, each followed by a row per value that it overrides} */
    private String settings(List<ResolvedSetting> settings) {
        Table table = new Table(terminal, INDENT);
        for (ResolvedSetting setting : settings) {
            table.row(setting.name(), setting.value(), place(setting.origin()));
            for (ResolvedSetting.Shadowed overridden : setting.shadowed()) {
                if (all || overridden.origin().kind() != Origin.Kind.DEFAULT) {
                    table.row(FAINT, "", overridden.value(), "overridden: " + place(overridden.origin()));
                }
            }
        }
        return table.render();
    }

    /** {@return the key as the user typed it, such as {@code host in DATABASE_URL}; otherwise the origin in words} */
    private static String place(Origin origin) {
        return origin.key().orElse(origin.description());
    }

    private String properties(Map<String, String> properties) {
        return new Columns(terminal, INDENT, Style.faint).render(properties);
    }

    /** {@return the properties of pgjdbc} Those that Wellhead replaces would contradict the settings of the same name. */
    private String driver() {
        Map<String, String> shown = new LinkedHashMap<>(report.driver());
        TreeSet<String> replaced = new TreeSet<>(report.replacedInDriver());
        shown.keySet().removeAll(replaced);
        if (shown.isEmpty()) {
            return "";
        }
        String note = replaced.isEmpty()
                ? ""
                : paragraph("Wellhead itself applies " + String.join(", ", replaced)
                        + ". The driver's properties of these names are not used.");
        return section("pgjdbc properties", properties(shown) + note);
    }
}
