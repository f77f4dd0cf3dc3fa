package dev.wellhead.cli;

import dev.wellhead.cli.text.Ink;
import dev.wellhead.cli.text.Table;
import dev.wellhead.cli.text.Terminal;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An explanation for people: what was decided, what was left to defaults, what follows from it, what to look at. */
final class ExplanationText {

    private static final String LINE = System.lineSeparator();

    private final Explanation explanation;
    private final Terminal terminal;

    ExplanationText(Explanation explanation, Terminal terminal) {
        this.explanation = explanation;
        this.terminal = terminal;
    }

    String render() {
        StringBuilder text = new StringBuilder();
        heading(text, "Database '" + explanation.name() + "' in environment '" + explanation.environment() + "'");
        Table facts = new Table("  ");
        facts.row(Ink.PLAIN, "servers", servers());
        facts.row(Ink.PLAIN, "database", known(Settings.NAME));
        facts.row(Ink.PLAIN, "user", known(Settings.USER));
        facts.row(
                Ink.PLAIN,
                "credentials",
                explanation.credentials() == null ? "not decided" : explanation.credentials());
        facts.row(Ink.PLAIN, "SSL mode", known(Settings.SSLMODE));
        if (explanation.canBeOpened()) {
            String anchors = explanation.trustAnchors();
            facts.row(Ink.PLAIN, "verified by", anchors == null ? "nothing: the server is taken at its word" : anchors);
        }
        text.append(facts.render(terminal)).append(LINE);
        settings(text);
        properties(text, "What HikariCP gets (times in milliseconds)", explanation.pool());
        properties(text, "What pgjdbc gets", explanation.driver());
        new FindingsText(terminal).append(text, explanation.findings());
        summary(text);
        return text.toString();
    }

    private String servers() {
        if (explanation.hosts().isEmpty()) {
            return unknown();
        }
        return explanation.hosts().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private String known(Setting<?> setting) {
        String value = explanation.value(setting);
        return value.isEmpty() ? unknown() : value;
    }

    private String unknown() {
        return explanation.canBeOpened() ? "the secret says" : "not decided";
    }

    private void settings(StringBuilder text) {
        List<ResolvedSetting> decided = new ArrayList<>();
        List<ResolvedSetting> defaults = new ArrayList<>();
        for (ResolvedSetting setting : explanation.settings()) {
            boolean isDefault = setting.origin().kind() == Origin.Kind.DEFAULT;
            (isDefault ? defaults : decided).add(setting);
        }
        settings(text, "Decided", decided, Ink.PLAIN);
        settings(text, "Left to defaults", defaults, Ink.DIM);
    }

    private void settings(StringBuilder text, String title, List<ResolvedSetting> settings, Ink ink) {
        if (settings.isEmpty()) {
            return;
        }
        heading(text, title);
        Table table = new Table("  ");
        for (ResolvedSetting setting : settings) {
            table.row(ink, setting.name(), setting.value(), setting.origin().description());
            for (ResolvedSetting.Shadowed lost : setting.shadowed()) {
                table.row(
                        Ink.DIM,
                        "",
                        lost.value(),
                        "overridden: " + lost.origin().description());
            }
        }
        text.append(table.render(terminal)).append(LINE);
    }

    private void properties(StringBuilder text, String title, Map<String, String> properties) {
        if (properties.isEmpty()) {
            return;
        }
        heading(text, title);
        Table table = new Table("  ");
        for (Map.Entry<String, String> property : properties.entrySet()) {
            table.row(Ink.DIM, property.getKey(), property.getValue());
        }
        text.append(table.render(terminal)).append(LINE);
    }

    private void summary(StringBuilder text) {
        long errors = explanation.findings().stream().filter(Finding::isError).count();
        long warnings = explanation.findings().size() - errors;
        if (errors > 0) {
            text.append(terminal.ink(Ink.BAD, "It cannot be opened: " + count(errors, "problem") + "."));
        } else if (warnings > 0) {
            text.append(terminal.ink(Ink.WARNING, "It can be opened, with " + count(warnings, "warning") + "."));
        } else {
            text.append(terminal.ink(Ink.GOOD, "It can be opened."));
        }
        text.append(LINE);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void heading(StringBuilder text, String title) {
        text.append(terminal.ink(Ink.BOLD, title)).append(LINE);
    }
}
