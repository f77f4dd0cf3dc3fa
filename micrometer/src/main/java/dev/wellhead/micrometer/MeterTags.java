package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.AttributeNames;
import dev.wellhead.internal.metrics.CredentialsSourceKind;
import dev.wellhead.internal.metrics.ServerAttributes;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import io.micrometer.core.instrument.Tags;

/**
 * The tags of one pool's meters. All meters of one name have the same keys, as Prometheus requires; a key that does not apply
 * has the value {@code none}.
 */
final class MeterTags {

    /** Source: Micrometer's {@code KeyValue.NONE_VALUE}. */
    static final String NONE = "none";

    private final Tags named;
    private final Tags pool;
    private final Tags credentials;

    MeterTags(String poolName, DatabaseSettings settings) {
        this.named = Tags.of(
                AttributeNames.POOL_NAME,
                poolName,
                AttributeNames.SYSTEM,
                ServerAttributes.system(settings),
                AttributeNames.NAMESPACE,
                settings.databaseName().isEmpty() ? NONE : settings.databaseName());
        this.pool = settings.hosts().isEmpty()
                ? named.and(AttributeNames.SERVER_ADDRESS, NONE, AttributeNames.SERVER_PORT, NONE)
                : server(settings.hosts().get(0));
        this.credentials =
                pool.and(AttributeNames.CREDENTIALS_SOURCE, CredentialsSourceKind.of(settings.credentialsSource()));
    }

    /** {@return the tags that every meter of the pool has} */
    Tags pool() {
        return pool;
    }

    /** {@return the tags of the pool with the kind of its credentials source} */
    Tags credentials() {
        return credentials;
    }

    /** {@return the tags of the pool for one server} */
    Tags server(HostAndPort server) {
        return named.and(
                AttributeNames.SERVER_ADDRESS,
                server.host(),
                AttributeNames.SERVER_PORT,
                Integer.toString(server.port()));
    }

    /** {@return {@code tags} of a creation} */
    static Tags creation(Tags tags, String errorType, String failureKind) {
        return tags.and(AttributeNames.ERROR_TYPE, errorType, AttributeNames.FAILURE_KIND, failureKind);
    }
}
