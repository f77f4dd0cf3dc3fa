package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;

/** The keys of all attributes. Every value is out of a small set; none holds a secret's name, a version or a user. */
final class Keys {

    static final AttributeKey<String> POOL_NAME = AttributeKey.stringKey("db.client.connection.pool.name");
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    static final AttributeKey<String> CONNECTION_STATE = AttributeKey.stringKey("db.client.connection.state");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> TLS_VERSION = AttributeKey.stringKey("tls.protocol.version");

    static final AttributeKey<String> FAILURE_KIND = AttributeKey.stringKey("wellhead.failure.kind");
    static final AttributeKey<String> CREDENTIALS_GENERATION =
            AttributeKey.stringKey("wellhead.credentials.generation");
    static final AttributeKey<String> CREDENTIALS_SOURCE = AttributeKey.stringKey("wellhead.credentials.source");
    static final AttributeKey<String> SETTINGS_FINGERPRINT = AttributeKey.stringKey("wellhead.settings.fingerprint");

    /** What every metric of ours has; namespace and server where they are known. */
    static final List<AttributeKey<?>> OF_EVERY_METRIC =
            List.of(POOL_NAME, SYSTEM, NAMESPACE, SERVER_ADDRESS, SERVER_PORT);

    private Keys() {}

    /** {@return {@code attributes} with another server} */
    static Attributes withServer(Attributes attributes, HostAndPort server) {
        return attributes.toBuilder()
                .put(SERVER_ADDRESS, server.host())
                .put(SERVER_PORT, (long) server.port())
                .build();
    }
}
