package dev.wellhead.cli;

import dev.wellhead.cli.output.OriginJson;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * An error or a warning about the settings. Contains nothing sensitive.
 *
 * @param isError whether it prevents the database from being opened
 * @param code the class of the finding, such as {@code invalid-value}; stable, for programs
 * @param setting the key as the user would type it; empty if the finding is not about one setting
 * @param message what is wrong
 * @param source where the values came from, in words; may be empty
 * @param origins the same as data; may be empty
 * @param fixes what to do, one sentence each
 */
record Finding(
        boolean isError,
        String code,
        String setting,
        String message,
        String source,
        List<Origin> origins,
        List<String> fixes) {

    private static final String LINE = System.lineSeparator();
    private static final int INDENT = 2;

    /** {@return a problem of the resolver as an error} */
    static Finding error(Problem problem) {
        return new Finding(
                true,
                problem.code().value(),
                problem.setting(),
                problem.message(),
                problem.source(),
                problem.origins(),
                problem.fixes());
    }

    /** {@return a problem of the migrations as a warning, because the database itself can be opened} */
    static Finding ofMigrations(Problem problem) {
        return new Finding(
                false,
                problem.code().value(),
                problem.setting(),
                "Migrations cannot connect. " + problem.message(),
                problem.source(),
                problem.origins(),
                problem.fixes());
    }

    /** A warning of the resolver, which is a complete text. */
    static Finding warning(String message) {
        return new Finding(false, "resolution", "", message, "", List.of(), List.of());
    }

    /** {@return a warning of a variable that nothing reads and that is similar to one of this database} */
    static Finding warning(NearMiss nearMiss) {
        String variable = nearMiss.variable();
        return new Finding(
                false, "near-miss", variable, nearMiss.message(), "", List.of(Origin.Variable.of(variable)), List.of());
    }

    /**
     * {@return a warning of {@link ConfigurationWarnings}} Its setting has a valid value, so its origin is in the
     * table.
     */
    static Finding warning(String code, String setting, String message, String fix) {
        return new Finding(false, code, setting, message, "", List.of(), List.of(fix));
    }

    /** {@return the finding for programs} The origin fields are those of the first value. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", isError ? "error" : "warning");
        json.put("code", code);
        json.put("setting", setting);
        json.put("message", message);
        json.put("origin", source);
        json.putAll(OriginJson.firstOf(origins));
        json.put("fixes", fixes);
        return json;
    }

    /** {@return an error as the reason why the database cannot be opened} */
    Failure failure() {
        return new Failure(Failure.CONFIGURATION, Outcome.CONFIGURATION, "", message, setting, source, origins, fixes);
    }

    /** {@return the findings as paragraphs, each followed by an empty line, and numbered if there are several} */
    static String render(List<Finding> findings, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Finding finding : findings) {
            List<IStyle> styles = finding.isError() ? List.of(Style.bold, Style.fg_red) : List.of(Style.fg_yellow);
            String message = (finding.isError() ? "Error: " : "Warning: ") + finding.message();
            List<String> details = new ArrayList<>();
            if (!finding.source().isEmpty()) {
                details.add(finding.source());
            }
            details.addAll(finding.fixes());
            text.append(
                            findings.size() == 1
                                    ? alone(terminal, styles, message, details)
                                    : numbered(terminal, styles, number++, message, details))
                    .append(LINE);
        }
        return text.toString();
    }

    private static String alone(Terminal terminal, List<IStyle> styles, String message, List<String> details) {
        Table indented = new Table(terminal, INDENT);
        details.forEach(indented::row);
        return new Table(terminal, 0).row(styles, message).render() + indented.render();
    }

    private static String numbered(
            Terminal terminal, List<IStyle> styles, int number, String message, List<String> details) {
        Table paragraph = new Table(terminal, 0, 1).row(styles, number + ".", message);
        details.forEach(detail -> paragraph.row("", detail));
        return paragraph.render();
    }
}
