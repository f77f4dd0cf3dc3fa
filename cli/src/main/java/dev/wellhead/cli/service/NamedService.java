package dev.wellhead.cli.service;

import dev.wellhead.cli.output.OriginJson;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service that the environment names. Contains nothing sensitive.
 *
 * @param kind the kind of service
 * @param name the name of a named cache; {@code default} for the unnamed one, and for every other kind
 * @param protocol what the service speaks
 * @param address where it listens; null if it is not known
 * @param detail a part of the place that is not an address, such as {@code bucket statements}; may be empty
 * @param origins where the values came from, the address first
 * @param defect what is wrong with the variables; null if nothing is
 * @param settings the settings of a cache; null for every other service
 */
record NamedService(
        ServiceKind kind,
        String name,
        ServiceProtocol protocol,
        @Nullable ServiceAddress address,
        String detail,
        List<Origin> origins,
        @Nullable ServiceDefect defect,
        @Nullable DatabaseSettings settings) {

    /** {@return the service of a name with an address} */
    static NamedService at(
            ServiceKind kind, ServiceProtocol protocol, ServiceAddress address, String detail, Origin... origins) {
        return new NamedService(kind, DatabaseName.UNNAMED, protocol, address, detail, List.of(origins), null, null);
    }

    /** {@return a service whose address is not known} */
    static NamedService withoutAddress(
            ServiceKind kind, ServiceProtocol protocol, String detail, Origin origin, @Nullable ServiceDefect defect) {
        return new NamedService(kind, DatabaseName.UNNAMED, protocol, null, detail, List.of(origin), defect, null);
    }

    NamedService named(String newName) {
        return new NamedService(kind, newName, protocol, address, detail, origins, defect, settings);
    }

    /** {@return the cache with its settings} */
    NamedService of(DatabaseSettings cache) {
        return new NamedService(kind, cache.name(), protocol, address, detail, origins, defect, cache);
    }

    NamedService withAddress(ServiceAddress newAddress) {
        return new NamedService(kind, name, protocol, newAddress, detail, origins, defect, settings);
    }

    NamedService with(ServiceDefect newDefect) {
        return new NamedService(kind, name, protocol, address, detail, origins, newDefect, settings);
    }

    /** {@return the service with the origins of the settings that have one, or else with its own} */
    NamedService withOrigins(List<Setting<?>> wanted) {
        DatabaseSettings known = settings;
        if (known == null) {
            return this;
        }
        Set<Origin> found = new LinkedHashSet<>();
        for (Setting<?> setting : wanted) {
            known.explain(setting)
                    .map(ResolvedSetting::origin)
                    .filter(NamedService::isSet)
                    .map(NamedService::whole)
                    .ifPresent(found::add);
        }
        return found.isEmpty()
                ? this
                : new NamedService(kind, name, protocol, address, detail, List.copyOf(found), defect, known);
    }

    static boolean isSet(Origin origin) {
        return origin.kind() != Origin.Kind.DEFAULT;
    }

    /** {@return the origin; of a part of a URL, the URL} */
    static Origin whole(Origin origin) {
        return origin instanceof Origin.UrlPart part ? Origin.Variable.of(part.variable()) : origin;
    }

    /** {@return how a fix refers to a setting of a cache, or to the host of another service} */
    String reference(Setting<?> setting) {
        return settings == null ? "the host in " + key() : SettingReference.of(settings, setting);
    }

    /** {@return the name in the output: {@code cache}, or {@code cache sessions}} */
    String label() {
        return kind.label(name);
    }

    /** {@return the address and the detail in one line} */
    String place() {
        if (address == null) {
            return detail;
        }
        return detail.isEmpty() ? address.toString() : address + ", " + detail;
    }

    /** {@return the keys as the user typed them, such as {@code REDIS_HOST, REDIS_PORT}} */
    String keys() {
        return origins.stream()
                .map(origin -> origin.key().orElse(origin.description()))
                .collect(Collectors.joining(", "));
    }

    /** {@return the key of the address, to be named in a fix} */
    String key() {
        Origin first = origins.get(0);
        return first.key().orElse(first.description());
    }

    /**
     * {@return how to change whether TLS is used, as a clause}
     *
     * @param scheme of the URL
     * @param mode the SSL mode of a cache that is not named by a URL
     */
    String withScheme(String scheme, String mode) {
        ResolvedSetting resolved =
                settings == null ? null : settings.explain(Settings.SSLMODE).orElse(null);
        return settings == null || (resolved != null && resolved.origin() instanceof Origin.UrlPart)
                ? "use " + scheme + ":// in " + key()
                : "set " + SettingReference.of(settings, Settings.SSLMODE) + " to " + mode;
    }

    /** {@return the origins as one line, such as {@code From: environment variable REDIS_URL}} */
    String source() {
        return "From: " + description();
    }

    private String description() {
        return origins.stream().map(Origin::description).collect(Collectors.joining("; "));
    }

    /** {@return the service for programs; the origin fields are those of the first origin} */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("service", kind.label());
        json.put("name", name);
        json.put("address", address == null ? null : address.toString());
        json.put("tls", address == null ? null : address.tls());
        json.put("place", place());
        json.put("origin", description());
        json.putAll(OriginJson.firstOf(origins));
        return json;
    }
}
