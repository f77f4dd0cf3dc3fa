package dev.wellhead.cli.service;

import dev.wellhead.cli.output.NameOption;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.redis.internal.RedisCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services that a program uses beside its database, in the order of the output. */
public enum ServiceKind {
    /** Redis or Valkey. */
    CACHE("redis", "valkey"),
    /** A queue of SQS. */
    QUEUE("sqs"),
    /** A topic of SNS. */
    TOPIC("sns"),
    /** RabbitMQ. */
    RABBITMQ("amqp"),
    /** A bucket of S3. */
    STORAGE("s3"),
    /** OpenSearch. */
    SEARCH("opensearch"),
    /** The receiver of metrics. */
    METRICS("prometheus"),
    /** PgBouncer or RDS Proxy. */
    POOLER("pgbouncer");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> products;

    ServiceKind(String... products) {
        this.products = List.of(products);
    }

    /** {@return the name in the output and in {@code --service}, as in {@code make infrastructure-up SERVICES=...}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the name in the output: {@code cache}, or {@code cache sessions}} */
    public String label(String name) {
        return name.equals(DatabaseName.UNNAMED) ? label() : label() + " " + name;
    }

    /**
     * {@return the kind of a name in {@code --service}; null if there is none}
     *
     * @param service a label, or the name of a product such as {@code redis}, in any letter case
     */
    public static @Nullable ServiceKind of(String service) {
        String name = service.toLowerCase(Locale.ROOT);
        for (ServiceKind kind : values()) {
            if (kind.names().anyMatch(name::equals)) {
                return kind;
            }
        }
        return null;
    }

    /** {@return the labels, and for a misspelt one a proposal, as a sentence} */
    public static String valid(String service) {
        List<String> names = Stream.of(values()).flatMap(ServiceKind::names).toList();
        String proposal = Suggestions.nearest(service, names)
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
        return Stream.of(values()).map(ServiceKind::label).collect(Collectors.joining(", ")) + "." + proposal;
    }

    private Stream<String> names() {
        return Stream.concat(Stream.of(label()), products.stream());
    }

    /** {@return the options that select the service, such as {@code --service cache --name sessions}} */
    String options(String name) {
        return "--service " + label() + NameOption.of("--name", name);
    }

    /** {@return a sentence, if no variable names the service} */
    String missing(String name) {
        return "The environment names no service '" + label(name) + "'.";
    }

    /** {@return the variables that name the service} */
    String variables(String name) {
        return switch (this) {
            case CACHE -> {
                DatabaseName cache = new DatabaseName(name, RedisCatalogue.REDIS);
                yield cache.urlVariable() + " or " + cache.variable(RedisCatalogue.HOST);
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
}
