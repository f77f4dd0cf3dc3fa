package dev.wellhead.cli.service;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the services that the environment names: in the variables that their clients read, and in those that the modules of
 * {@code infrastructure/terraform} output. A blank variable counts as unset. Opens no connection.
 */
final class NamedServices {

    private static final String CACHE_URL = "REDIS_URL";
    private static final String CACHE_HOST = "REDIS_HOST";
    private static final List<String> CACHE_KEYS = List.of(CACHE_URL, CACHE_HOST, "REDIS_SECRET_ID", "REDIS_SECRET_FILE");
    private static final List<String> CACHE_SCHEMES = List.of("redis", "rediss", "valkey", "valkeys");
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
     * @param settings the settings of the database, also if they are invalid; one of them names the pooler
     * @param hosts the servers of the database; empty if they are in the secret or invalid
     */
    static List<NamedService> of(
            Map<String, String> variables, List<ResolvedSetting> settings, List<HostAndPort> hosts) {
        NamedServices services = new NamedServices(variables);
        AwsServices aws = new AwsServices(services.variables);
        List<NamedService> found = new ArrayList<>(services.caches());
        add(found, aws.queue());
        add(found, aws.topic());
        add(found, services.url(ServiceKind.RABBITMQ, ServiceProtocol.AMQP, "AMQP_URL", AMQP_SCHEMES));
        add(found, aws.storage());
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

    /** {@return the unnamed cache first, then the named ones by their names} */
    private List<NamedService> caches() {
        TreeSet<String> prefixes = new TreeSet<>();
        for (String key : CACHE_KEYS) {
            prefixes.addAll(variables.prefixesOf(key));
        }
        List<NamedService> caches = new ArrayList<>();
        for (String prefix : prefixes) {
            caches.add(cache(prefix).named(ServiceVariables.nameOf(prefix)));
        }
        return caches;
    }

    private NamedService cache(String prefix) {
        if (!variables.value(prefix + CACHE_URL).isEmpty()) {
            return variables.service(ServiceKind.CACHE, ServiceProtocol.REDIS, prefix + CACHE_URL, CACHE_SCHEMES);
        }
        String host = variables.value(prefix + CACHE_HOST);
        if (!host.isEmpty()) {
            return cacheHost(prefix, host);
        }
        String secret = variables.value(prefix + "REDIS_SECRET_ID");
        Origin origin =
                Origin.Variable.of(prefix + (secret.isEmpty() ? "REDIS_SECRET_FILE" : "REDIS_SECRET_ID"));
        String place = secret.isEmpty()
                ? "in secret file " + SafeText.listed(variables.value(prefix + "REDIS_SECRET_FILE"))
                : "in secret '" + SafeText.listed(secret) + "'";
        return NamedService.withoutAddress(ServiceKind.CACHE, ServiceProtocol.REDIS, place, origin, null);
    }

    private NamedService cacheHost(String prefix, String host) {
        String port = variables.value(prefix + "REDIS_PORT");
        Integer number = port.isEmpty() ? Integer.valueOf(6379) : ServiceAddress.port(port);
        Origin.Variable ofHost = Origin.Variable.of(prefix + CACHE_HOST);
        Origin.Variable ofPort = Origin.Variable.of(prefix + "REDIS_PORT");
        if (!ServiceAddress.isHost(host) || number == null) {
            Origin.Variable wrong = number == null ? ofPort : ofHost;
            return NamedService.withoutAddress(
                    ServiceKind.CACHE,
                    ServiceProtocol.REDIS,
                    "unknown address",
                    wrong,
                    new ServiceDefect(
                            wrong.name() + (number == null ? " is not a port." : " is not the name of a host."),
                            "Correct " + wrong.name() + ".",
                            true));
        }
        String mode = variables.value(prefix + "REDIS_SSLMODE");
        String scheme = mode.isEmpty() || mode.equals("disable") ? "redis" : "rediss";
        ServiceAddress address = ServiceAddress.of(scheme, host, number);
        return port.isEmpty()
                ? NamedService.at(ServiceKind.CACHE, ServiceProtocol.REDIS, address, "", ofHost)
                : NamedService.at(ServiceKind.CACHE, ServiceProtocol.REDIS, address, "", ofHost, ofPort);
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
