package dev.wellhead.cli;

import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.service.ServiceKind;
import dev.wellhead.cli.service.ServiceListing;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * {@code explain --service}: where one service is, and which variables name it.
 *
 * @param kind the kind of service
 * @param name the name of a named cache; {@code default} for the unnamed one, and for every other kind
 * @param services what the environment names; empty if it names none
 */
record ServiceExplanation(ServiceKind kind, String name, ServiceListing services) {

    private static final int SCHEMA_VERSION = 1;

    /** {@return the outcome, which decides the exit code} */
    Outcome outcome() {
        return services.failure(kind, name) == null ? Outcome.OK : Outcome.CONFIGURATION;
    }

    /** {@return the services for people} */
    String text(Terminal terminal) {
        Failure failure = services.failure(kind, name);
        if (failure == null || !services.services().isEmpty()) {
            return services.text(terminal);
        }
        Table text = new Table(terminal, 0).row(List.of(Style.bold, Style.fg_red), "Error: " + failure.sentence());
        failure.fixes().forEach(fix -> text.row("  " + fix));
        return text.render();
    }

    /** {@return the services for programs; the schema is {@code docs/explain-service.schema.json}} */
    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", outcome().value());
        json.put("failure", Failure.json(services.failure(kind, name)));
        json.put("service", kind.label());
        json.put("name", name);
        json.put("services", services.json());
        return JsonOutput.of(json);
    }
}
