package dev.wellhead.redis.internal;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rules that databases do not have. */
final class RedisRules implements Catalogue.Check {

    @Override
    public void run(DatabaseName name, Function<Setting<?>, @Nullable RawValue> winner, Problems problems) {
        RawValue host = winner.apply(Settings.HOST);
        if (host != null && host.text().reveal().indexOf(',') >= 0) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    host,
                    host.key() + " lists several hosts, but only one is supported.",
                    "Set the endpoint of the primary, or the configuration endpoint of a cluster.");
        }
        RawValue client = winner.apply(RedisCatalogue.CLIENT_NAME);
        if (client != null && client.text().reveal().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    client,
                    client.keyIs() + " not a name that Redis accepts.",
                    "Use visible ASCII characters without blanks.");
        }
        RawValue auth = winner.apply(Settings.AUTH);
        if (auth != null && auth.text().reveal().equals("iam") && winner.apply(RedisCatalogue.CACHE_NAME) == null) {
            String cacheName = name.variable(RedisCatalogue.CACHE_NAME);
            problems.add(
                    ProblemCode.REQUIRES_SETTING,
                    auth,
                    auth.keyAndValue() + ", but " + cacheName + " is not set.",
                    "Set " + cacheName + " to the name of the cache, which authentication tokens are signed for.");
        }
    }
}
