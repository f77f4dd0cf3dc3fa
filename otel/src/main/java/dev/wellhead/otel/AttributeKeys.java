package dev.wellhead.otel;

import dev.wellhead.internal.metrics.AttributeNames;
import io.opentelemetry.api.common.AttributeKey;

/** The keys of all attributes. The namespace and the server are attributes of a metric only if they are known. */
final class AttributeKeys {

    // of the semantic conventions, for connection pools and database clients
    static final AttributeKey<String> POOL_NAME = AttributeKey.stringKey(AttributeNames.POOL_NAME);
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey(AttributeNames.SYSTEM);
    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey(AttributeNames.NAMESPACE);
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey(AttributeNames.SERVER_ADDRESS);
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey(AttributeNames.SERVER_PORT);

    static final AttributeKey<String> CONNECTION_STATE = AttributeKey.stringKey(AttributeNames.CONNECTION_STATE);
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey(AttributeNames.ERROR_TYPE);
    static final AttributeKey<String> TLS_VERSION = AttributeKey.stringKey(AttributeNames.TLS_VERSION);

    // of Wellhead
    static final AttributeKey<String> FAILURE_KIND = AttributeKey.stringKey(AttributeNames.FAILURE_KIND);
    static final AttributeKey<String> LOSS_REASON = AttributeKey.stringKey(AttributeNames.LOSS_REASON);
    static final AttributeKey<String> CREDENTIALS_GENERATION =
            AttributeKey.stringKey(AttributeNames.CREDENTIALS_GENERATION);
    static final AttributeKey<String> CREDENTIALS_SOURCE = AttributeKey.stringKey(AttributeNames.CREDENTIALS_SOURCE);
    static final AttributeKey<String> SETTINGS_FINGERPRINT =
            AttributeKey.stringKey(AttributeNames.SETTINGS_FINGERPRINT);

    private AttributeKeys() {}
}
