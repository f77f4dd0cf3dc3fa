package dev.wellhead.cli.service;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** {@return the name in the output: {@code cache}, or {@code cache sessions}} */
    public String label(String name) {
        return name.equals(NamedService.DEFAULT) ? label() : label() + " " + name;
    }

    /**
     * {@return the kind of a name in {@code --service}; null if there is none}
     *
     * @param service a label, or {@code redis} for the cache
     */
    public static @Nullable ServiceKind of(String service) {
        for (ServiceKind kind : values()) {
            if (kind.label().equals(service)) {
                return kind;
            }
        }
        return service.equals("redis") ? CACHE : null;
    }

    /** {@return all names for {@code --service}} */
    public static String labels() {
        return Stream.of(values()).map(ServiceKind::label).collect(Collectors.joining(", "));
    }

    /** {@return a sentence, if no variable names the service} */
    String missing(String name) {
        return "The environment names no service '" + label(name) + "'.";
    }

    /** {@return the variables that name the service} */
    String variables(String name) {
        return switch (this) {
            case CACHE -> {
                String prefix = name.equals(NamedService.DEFAULT)
                        ? ""
                        : name.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
                yield prefix + "REDIS_URL or " + prefix + "REDIS_HOST";
            }
            case QUEUE -> "AWS_ENDPOINT_URL_SQS or QUEUE_URL";
            case TOPIC -> "AWS_ENDPOINT_URL_SNS or TOPIC_ARN";
            case RABBITMQ -> "AMQP_URL";
            case STORAGE -> "AWS_ENDPOINT_URL_S3 or BUCKET";
            case SEARCH -> "OPENSEARCH_URL";
            case METRICS -> "OTEL_EXPORTER_OTLP_ENDPOINT or PROMETHEUS_REMOTE_WRITE_URL";
            case POOLER -> "DB_POOLER";
        };
    }

    /** {@return what to do if nothing listens on this machine} */
    String start() {
        // there is no local stand-in for SNS
        return this == TOPIC ? "Start it" : "Start it (locally: make infrastructure-up SERVICES=" + label() + ")";
    }
}
