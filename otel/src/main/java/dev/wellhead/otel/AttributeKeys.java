package dev.wellhead.otel;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * The keys of all attributes. Every attribute has a small set of values, because each combination is a time series of its own.
 * No value contains a user, a secret's name or version, or a file's path.
 */
final class AttributeKeys {

    // of the semantic conventions, for connection pools and database clients
    static final AttributeKey<String> POOL_NAME = AttributeKey.stringKey("db.client.connection.pool.name");
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    static final AttributeKey<String> CONNECTION_STATE = AttributeKey.stringKey("db.client.connection.state");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> TLS_VERSION = AttributeKey.stringKey("tls.protocol.version");

    // of Wellhead
    static final AttributeKey<String> FAILURE_KIND = AttributeKey.stringKey("wellhead.failure.kind");
    static final AttributeKey<String> LOSS_REASON = AttributeKey.stringKey("wellhead.loss.reason");
    static final AttributeKey<String> CREDENTIALS_GENERATION =
            AttributeKey.stringKey("wellhead.credentials.generation");
    static final AttributeKey<String> CREDENTIALS_SOURCE = AttributeKey.stringKey("wellhead.credentials.source");
    static final AttributeKey<String> SETTINGS_FINGERPRINT = AttributeKey.stringKey("wellhead.settings.fingerprint");

    /** Every metric has these; the namespace and the server only if they are known. */
    static final List<AttributeKey<?>> OF_EVERY_METRIC =
            List.of(POOL_NAME, SYSTEM, NAMESPACE, SERVER_ADDRESS, SERVER_PORT);

    private AttributeKeys() {}
}
