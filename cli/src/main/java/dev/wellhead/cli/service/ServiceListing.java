package dev.wellhead.cli.service;

import dev.wellhead.cli.output.Table;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ResolvedSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The other services that the environment names, with the origins of their addresses. Contains nothing sensitive.
 *
 * @param services in the order of their kinds
 */
public record ServiceListing(List<NamedService> services) {

    private static final int INDENT = 2;

    /**
     * {@return the services that the variables and the settings name} Opens no connection.
     *
     * @param requests the request for the settings of a name
     * @param settings the settings of the database, also if they are invalid; one of them names the pooler
     * @param hosts the servers of the database; empty if they are in the secret or invalid
     */
    public static ServiceListing of(
            Map<String, String> variables,
            Function<String, SettingsRequest> requests,
            List<ResolvedSetting> settings,
            List<HostAndPort> hosts) {
        return new ServiceListing(NamedServices.of(variables, requests, settings, hosts));
    }

    /** {@return the services of a kind and a name} */
    List<NamedService> of(ServiceKind kind, String name) {
        return services.stream()
                .filter(service ->
                        service.kind() == kind && prefix(service.name()).equals(prefix(name)))
                .toList();
    }

    /** {@return the beginning of the variables of a name} Names with the same variables are the same. */
    private static String prefix(String name) {
        return new DatabaseName(name, Catalogue.DATABASES).prefix();
    }

    /** {@return a listing with the services of a kind and a name only} */
    public ServiceListing only(ServiceKind kind, String name) {
        return new ServiceListing(of(kind, name));
    }

    /** {@return why the first of the services cannot be used; null if nothing is known that prevents it} */
    public @Nullable Failure failure(ServiceKind kind, String name) {
        if (services.isEmpty()) {
            return Failure.of(
                    Failure.CONFIGURATION,
                    Outcome.CONFIGURATION,
                    kind.missing(name),
                    "Set " + kind.variables(name) + ".");
        }
        for (NamedService service : services) {
            ServiceDefect defect = service.defect();
            if (defect != null && defect.prevents()) {
                return defect.failure(service);
            }
        }
        return null;
    }

    /** {@return a row for each service, and its defects below; empty if no service is named} */
    public String text(Terminal terminal) {
        StringBuilder text = new StringBuilder();
        Table table = new Table(terminal, INDENT);
        for (NamedService service : services) {
            table.row(service.label(), service.place(), service.keys());
        }
        text.append(table.render());
        for (NamedService service : services) {
            ServiceDefect defect = service.defect();
            if (defect != null) {
                Style colour = defect.prevents() ? Style.fg_red : Style.fg_yellow;
                String label = defect.prevents() ? "Error: " : "Warning: ";
                text.append(new Table(terminal, INDENT)
                        .row(List.of(colour), label + defect.message() + " " + defect.fix())
                        .render());
            }
        }
        return text.toString();
    }

    /** {@return the services for programs} */
    public List<Map<String, Object>> json() {
        return services.stream().map(ServiceListing::json).toList();
    }

    private static Map<String, @Nullable Object> json(NamedService service) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(service.toJson());
        ServiceDefect defect = service.defect();
        json.put("problem", defect == null ? null : defect.message());
        json.put("fix", defect == null ? null : defect.fix());
        return json;
    }
}
