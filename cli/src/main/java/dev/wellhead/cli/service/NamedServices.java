package dev.wellhead.cli.service;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the services that the environment names: in the variables that their clients read, and in those that the modules of
 * {@code infrastructure/terraform} output. A blank variable counts as unset. Opens no connection.
 */
final class NamedServices {

    private static final List<String> AMQP_SCHEMES = List.of("amqp", "amqps");
    static final List<String> HTTP_SCHEMES = List.of("http", "https");
    private static final int POSTGRESQL_PORT = 5432;

    private final ServiceVariables variables;

    private NamedServices(Map<String, String> variables) {
        this.variables = new ServiceVariables(variables);
    }

    /**
     * {@return the services in the order of their kinds; empty if none is named}
     *
     * @param requests the request for the settings of a name
     * @param settings the settings of the database, also if they are invalid; one of them names the pooler
     * @param hosts the servers of the database; empty if they are in the secret or invalid
     */
    static List<NamedService> of(
            Map<String, String> variables,
            Function<String, SettingsRequest> requests,
            List<ResolvedSetting> settings,
            List<HostAndPort> hosts) {
        NamedServices services = new NamedServices(variables);
        AwsServices aws = new AwsServices(services.variables);
        List<NamedService> found = new ArrayList<>(new NamedCaches(services.variables, requests).all());
        found.addAll(aws.queues());
        found.addAll(aws.topics());
        add(found, services.url(ServiceKind.RABBITMQ, ServiceProtocol.AMQP, "AMQP_URL", AMQP_SCHEMES));
        found.addAll(aws.buckets());
        add(found, services.url(ServiceKind.SEARCH, ServiceProtocol.HTTP, "OPENSEARCH_URL", HTTP_SCHEMES));
        add(found, new MetricsEndpoint(services.variables).service());
        found.addAll(poolers(settings, hosts));
        return List.copyOf(found);
    }

    private static void add(List<NamedService> found, @Nullable NamedService service) {
        if (service != null) {
            found.add(service);
        }
    }

    private @Nullable NamedService url(
            ServiceKind kind, ServiceProtocol protocol, String variable, List<String> schemes) {
        return variables.value(variable).isEmpty() ? null : variables.service(kind, protocol, variable, schemes);
    }

    /** {@return one service for each server of a database that is behind a pooler} */
    private static List<NamedService> poolers(List<ResolvedSetting> settings, List<HostAndPort> hosts) {
        List<NamedService> poolers = new ArrayList<>();
        for (ResolvedSetting setting : settings) {
            boolean isNamed = setting.name().equals(Settings.POOLER.name())
                    && setting.origin().kind() != Origin.Kind.DEFAULT
                    && !setting.value().equals("none");
            if (isNamed && hosts.isEmpty()) {
                poolers.add(NamedService.withoutAddress(
                        ServiceKind.POOLER,
                        ServiceProtocol.POSTGRESQL,
                        setting.value() + ", the address is in the secret",
                        setting.origin(),
                        null));
            }
            for (HostAndPort host : isNamed ? hosts : List.<HostAndPort>of()) {
                poolers.add(NamedService.at(
                        ServiceKind.POOLER,
                        ServiceProtocol.POSTGRESQL,
                        ServiceAddress.of("postgresql", host.host(), host.port() > 0 ? host.port() : POSTGRESQL_PORT),
                        setting.value(),
                        setting.origin()));
            }
        }
        return poolers;
    }
}
