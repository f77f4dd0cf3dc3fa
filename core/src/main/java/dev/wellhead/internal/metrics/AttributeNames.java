package dev.wellhead.internal.metrics;

import java.util.List;

/**
 * The names of all attributes. Every attribute has a small set of values, because each combination is a time series of
 * its own. No value contains a user, a secret's name or version, or a file's path.
 */
public final class AttributeNames {

    // of OpenTelemetry's semantic conventions, for connection pools and database clients
    public static final String POOL_NAME = "db.client.connection.pool.name";
    public static final String SYSTEM = "db.system.name";
    public static final String NAMESPACE = "db.namespace";
    public static final String SERVER_ADDRESS = "server.address";
    public static final String SERVER_PORT = "server.port";

    public static final String CONNECTION_STATE = "db.client.connection.state";
    public static final String ERROR_TYPE = "error.type";
    public static final String TLS_VERSION = "tls.protocol.version";

    // of Wellhead
    public static final String FAILURE_KIND = "wellhead.failure.kind";
    public static final String LOSS_REASON = "wellhead.loss.reason";
    public static final String CREDENTIALS_GENERATION = "wellhead.credentials.generation";
    public static final String CREDENTIALS_SOURCE = "wellhead.credentials.source";
    public static final String SETTINGS_FINGERPRINT = "wellhead.settings.fingerprint";

    /** Every metric has these. */
    public static final List<String> OF_EVERY_METRIC =
            List.of(POOL_NAME, SYSTEM, NAMESPACE, SERVER_ADDRESS, SERVER_PORT);

    private AttributeNames() {}
}
