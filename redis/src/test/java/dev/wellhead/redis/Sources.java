package dev.wellhead.redis;

import dev.wellhead.internal.sources.SettingsRequest;
import java.util.List;
import java.util.Map;

/** Resolves settings from given variables and system properties. */
final class Sources {

    private Sources() {}

    static RedisSettings resolve(Map<String, String> variables, Map<String, String> properties) {
        return Redis.resolve(
                new SettingsRequest("default", variables, properties, null, null, List.of(), List.of(), false));
    }
}
