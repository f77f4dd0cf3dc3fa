package dev.wellhead.cli.service;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The caches that the variables name, with the settings that {@code wellhead-redis} resolves from all sources. */
final class NamedCaches {

    private static final String SUFFIX = "_FILE";
    private static final List<Setting<?>> NAMING = List.of(Settings.HOST, Settings.SECRET_ID, Settings.SECRET_FILE);

    private final ServiceVariables variables;
    private final Function<String, SettingsRequest> requests;

    NamedCaches(ServiceVariables variables, Function<String, SettingsRequest> requests) {
        this.variables = variables;
        this.requests = requests;
    }

    /** {@return the unnamed cache first, then the named ones by their names} */
    List<NamedService> all() {
        Set<String> prefixes = new TreeSet<>();
        for (String key : keys()) {
            prefixes.addAll(variables.prefixesOf(key));
            prefixes.addAll(variables.prefixesOfMisspelt(key));
        }
        List<NamedService> caches = new ArrayList<>();
        for (String prefix : prefixes) {
            caches.add(of(requests.apply(ServiceVariables.nameOf(prefix)).of(RedisCatalogue.REDIS)));
        }
        return caches;
    }

    /** {@return the variables of which one is enough to name a cache} */
    private static List<String> keys() {
        List<String> keys = new ArrayList<>(
                List.of(RedisCatalogue.REDIS.urlVariable(), RedisCatalogue.REDIS.urlVariable() + SUFFIX));
        for (Setting<?> setting : NAMING) {
            keys.add(RedisCatalogue.REDIS.definition(setting).variable());
        }
        return keys;
    }

    private static NamedService of(SettingsRequest request) {
        try {
            return of(SettingsResolver.resolve(request));
        } catch (ConfigurationException e) {
            Problem problem = e.problems().get(0);
            Origin origin = problem.origins().isEmpty()
                    ? url(request.name())
                    : problem.origins().get(0);
            ServiceDefect defect = new ServiceDefect(
                    problem.message(),
                    problem.fixes().isEmpty() ? "" : problem.fixes().get(0),
                    true);
            return NamedService.withoutAddress(
                            ServiceKind.CACHE, ServiceProtocol.REDIS, "unknown address", origin, defect)
                    .named(request.name());
        }
    }

    /** {@return the cache at the first server of its settings} */
    static NamedService of(DatabaseSettings settings) {
        List<HostAndPort> hosts = settings.hosts();
        List<Origin> origins = origins(settings);
        if (hosts.isEmpty()) {
            return NamedService.withoutAddress(
                            ServiceKind.CACHE, ServiceProtocol.REDIS, "in the secret", origins.get(0), null)
                    .of(settings);
        }
        HostAndPort server = hosts.get(0);
        String scheme = settings.sslMode() == SslMode.DISABLE ? "redis" : "rediss";
        return NamedService.at(
                        ServiceKind.CACHE,
                        ServiceProtocol.REDIS,
                        ServiceAddress.of(scheme, server.host(), server.port()),
                        "",
                        origins.toArray(new Origin[0]))
                .of(settings);
    }

    /** {@return the places of the address, or of the secret that contains it; the parts of one URL are one place} */
    private static List<Origin> origins(DatabaseSettings settings) {
        Set<Origin> origins = new LinkedHashSet<>();
        for (Setting<?> setting : List.of(Settings.HOST, Settings.PORT)) {
            ResolvedSetting resolved = settings.explain(setting).orElse(null);
            if (resolved != null && NamedService.isSet(resolved.origin())) {
                origins.add(NamedService.whole(resolved.origin()));
            }
        }
        for (Setting<?> setting : NAMING) {
            ResolvedSetting resolved = settings.explain(setting).orElse(null);
            if (resolved != null && origins.isEmpty()) {
                origins.add(resolved.origin());
            }
        }
        return origins.isEmpty() ? List.of(url(settings.name())) : List.copyOf(origins);
    }

    private static Origin url(String name) {
        return Origin.Variable.of(new DatabaseName(name, RedisCatalogue.REDIS).urlVariable());
    }
}
