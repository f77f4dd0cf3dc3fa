package dev.wellhead.otel;

import dev.wellhead.internal.metrics.CredentialsSourceKind;
import dev.wellhead.internal.metrics.ServerAttributes;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The attributes of one pool's metrics. Thread-safe. */
final class PoolAttributes {

    /** Created once: recording a wait or a use must not allocate. */
    private final Attributes pool;

    private final Attributes credentials;
    private final Map<HostAndPort, Attributes> servers = new ConcurrentHashMap<>();

    PoolAttributes(String uniqueName, DatabaseSettings settings) {
        AttributesBuilder attributes = Attributes.builder()
                .put(AttributeKeys.POOL_NAME, uniqueName)
                .put(AttributeKeys.SYSTEM, ServerAttributes.system(settings));
        if (!settings.databaseName().isEmpty()) {
            attributes.put(AttributeKeys.NAMESPACE, settings.databaseName());
        }
        if (!settings.hosts().isEmpty()) {
            HostAndPort first = settings.hosts().get(0);
            attributes.put(AttributeKeys.SERVER_ADDRESS, first.host()).put(AttributeKeys.SERVER_PORT, (long)
                    first.port());
        }
        this.pool = attributes.build();
        this.credentials =
                with(AttributeKeys.CREDENTIALS_SOURCE, CredentialsSourceKind.of(settings.credentialsSource()));
    }

    /** {@return the attributes that every metric of the pool has} */
    Attributes pool() {
        return pool;
    }

    /** {@return the attributes of the pool with the kind of its credentials source} */
    Attributes credentials() {
        return credentials;
    }

    /** {@return the attributes of the pool with one more} */
    Attributes with(AttributeKey<String> key, String value) {
        return pool.toBuilder().put(key, value).build();
    }

    /** {@return the attributes of the pool for one server} Kept: there are as many servers as hosts are configured. */
    Attributes server(HostAndPort server) {
        return servers.computeIfAbsent(server, its -> pool.toBuilder()
                .put(AttributeKeys.SERVER_ADDRESS, its.host())
                .put(AttributeKeys.SERVER_PORT, (long) its.port())
                .build());
    }
}
