package dev.wellhead.cli.service;

import java.util.Locale;

/** The services that a program uses beside its database, in the order of the output. */
public enum ServiceKind {
    /** Redis or Valkey. */
    CACHE,
    /** A queue of SQS. */
    QUEUE,
    /** A topic of SNS. */
    TOPIC,
    /** RabbitMQ. */
    RABBITMQ,
    /** A bucket of S3. */
    STORAGE,
    /** OpenSearch. */
    SEARCH,
    /** The receiver of metrics. */
    METRICS,
    /** PgBouncer or RDS Proxy. */
    POOLER;

    /** {@return the name in the output and in {@code --service}, as in {@code make infrastructure-up SERVICES=...}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what to do if nothing listens on this machine} */
    String start() {
        // there is no local stand-in for SNS
        return this == TOPIC ? "Start it" : "Start it (locally: make infrastructure-up SERVICES=" + label() + ")";
    }
}
