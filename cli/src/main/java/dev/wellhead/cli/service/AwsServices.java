package dev.wellhead.cli.service;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.settings.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The services that a client of the AWS SDK uses. The SDK reads the variables {@code AWS_ENDPOINT_URL_*} and {@code AWS_ENDPOINT_URL}; the modules of
 * {@code infrastructure/terraform} output {@code QUEUE_URL}, {@code TOPIC_ARN} and {@code BUCKET}; a service with several of
 * them gives each a prefix, such as {@code ENTRIES_QUEUE_URL}. The SDK also reads files of its own, which are not considered
 * here.
 */
final class AwsServices {

    private static final String QUEUE_URL = "QUEUE_URL";
    private static final String TOPIC_ARN = "TOPIC_ARN";
    private static final String BUCKET = "BUCKET";
    private static final String REGION = "AWS_REGION";

    /** The endpoint of every service that has none of its own. The variable alone does not show which services are used. */
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    /** Source: AWS General Reference, Amazon Resource Names. */
    private static final Pattern TOPIC = Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):[0-9]{12}:([A-Za-z0-9_.-]+)");

    /** Source: Amazon S3 User Guide, bucket naming rules. */
    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** The account and the name at the end of a path. Source: Amazon SQS Developer Guide, queue and message identifiers. */
    private static final Pattern QUEUE_PATH = Pattern.compile(".*/[0-9]{12}/([A-Za-z0-9_-]{1,80}([.]fifo)?)");

    private static final Pattern REGION_NAME = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");

    private final ServiceVariables variables;

    AwsServices(ServiceVariables variables) {
        this.variables = variables;
    }

    /** {@return the queues, or the endpoint if no queue is named} The endpoint replaces the host of a queue's URL. */
    List<NamedService> queues() {
        return all(QUEUE_URL, ServiceKind.QUEUE, "AWS_ENDPOINT_URL_SQS", this::queue);
    }

    /** {@return the topics, or the endpoint if no topic is named} */
    List<NamedService> topics() {
        return all(TOPIC_ARN, ServiceKind.TOPIC, "AWS_ENDPOINT_URL_SNS", this::topic);
    }

    /** {@return the buckets, or the endpoint if no bucket is named} */
    List<NamedService> buckets() {
        return all(BUCKET, ServiceKind.STORAGE, "AWS_ENDPOINT_URL_S3", this::bucket);
    }

    /**
     * {@return the services that the variables ending in {@code key} name, or the endpoint alone}
     *
     * @param named returns the service that a variable names; null if its value has another meaning
     */
    private List<NamedService> all(
            String key, ServiceKind kind, String endpoint, Function<String, @Nullable NamedService> named) {
        List<NamedService> services = new ArrayList<>();
        for (String prefix : variables.prefixesOf(key)) {
            NamedService service = named.apply(prefix + key);
            if (service != null) {
                services.add(service);
            }
        }
        if (services.isEmpty() && !variables.value(endpoint).isEmpty()) {
            NamedService service = variables.service(kind, ServiceProtocol.HTTP, endpoint, NamedServices.HTTP_SCHEMES);
            services.add(kind == ServiceKind.STORAGE ? checked(service, "BUCKET") : service);
        }
        return services;
    }

    private @Nullable NamedService queue(String variable) {
        ServiceAddress queue = ServiceAddress.parse(variables.value(variable));
        // other programs use the name for queues of other kinds
        if (queue == null || !NamedServices.HTTP_SCHEMES.contains(queue.scheme())) {
            return null;
        }
        // a path of another form can contain a token
        Matcher path = QUEUE_PATH.matcher(queue.path());
        String detail = path.matches() ? "queue " + path.group(1) : "";
        NamedService endpoint = endpoint(ServiceKind.QUEUE, "AWS_ENDPOINT_URL_SQS", detail, variable);
        return endpoint != null
                ? endpoint
                : NamedService.at(
                        ServiceKind.QUEUE,
                        ServiceProtocol.HTTP,
                        queue.withPath("/"),
                        detail,
                        Origin.Variable.of(variable));
    }

    private @Nullable NamedService topic(String variable) {
        Matcher topic = TOPIC.matcher(variables.value(variable));
        if (!topic.matches()) {
            return null;
        }
        String detail = "topic " + topic.group(2);
        NamedService endpoint = endpoint(ServiceKind.TOPIC, "AWS_ENDPOINT_URL_SNS", detail, variable);
        return endpoint != null
                ? endpoint
                : NamedService.at(
                        ServiceKind.TOPIC,
                        ServiceProtocol.HTTP,
                        ofRegion("sns", topic.group(1)),
                        detail,
                        Origin.Variable.of(variable));
    }

    private @Nullable NamedService bucket(String variable) {
        String bucket = variables.value(variable);
        if (!BUCKET_NAME.matcher(bucket).matches()) {
            return null;
        }
        String detail = "bucket " + bucket;
        NamedService endpoint = endpoint(ServiceKind.STORAGE, "AWS_ENDPOINT_URL_S3", detail, variable);
        if (endpoint != null) {
            ServiceAddress address = endpoint.address();
            return address == null ? endpoint : checked(endpoint, bucket).withAddress(address.ofBucket(bucket));
        }
        Origin origin = Origin.Variable.of(variable);
        String region = variables.value(REGION);
        if (!REGION_NAME.matcher(region).matches()) {
            return NamedService.withoutAddress(
                    ServiceKind.STORAGE,
                    ServiceProtocol.HTTP,
                    detail + ", the region is not in " + REGION,
                    origin,
                    null);
        }
        return NamedService.at(
                ServiceKind.STORAGE,
                ServiceProtocol.HTTP,
                ofRegion("s3", region).ofBucket(bucket),
                detail,
                origin,
                Origin.Variable.of(REGION));
    }

    /** {@return the endpoint of S3, with a warning if clients do not reach the bucket at its host} */
    private static NamedService checked(NamedService endpoint, String bucket) {
        ServiceAddress address = endpoint.address();
        return address == null || isPathStyle(address.host())
                ? endpoint
                : endpoint.with(hostStyle(address, bucket, endpoint.key()));
    }

    /** {@return the service at a configured endpoint, of the service or of all services; null if none is set} */
    private @Nullable NamedService endpoint(ServiceKind kind, String ofService, String detail, String ofDetail) {
        String variable = variables.firstOf(ofService, ENDPOINT);
        if (variable == null) {
            return null;
        }
        NamedService service = variables.service(kind, ServiceProtocol.HTTP, variable, NamedServices.HTTP_SCHEMES);
        if (service.address() == null) {
            return service;
        }
        return NamedService.at(
                kind,
                ServiceProtocol.HTTP,
                service.address(),
                detail,
                Origin.Variable.of(variable),
                Origin.Variable.of(ofDetail));
    }

    /** China has a domain of its own. Source: AWS General Reference, service endpoints. */
    private static ServiceAddress ofRegion(String service, String region) {
        String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return ServiceAddress.of("https", service + "." + region + domain, 443);
    }

    /**
     * {@return whether the SDK reaches every bucket at this endpoint} With an address it puts the bucket into the path; with
     * a name it puts the bucket before the name, which {@code localhost} and names of containers do not support.
     */
    private static boolean isPathStyle(String host) {
        return HostNames.isLiteral(host) || (host.indexOf('.') >= 0 && !HostNames.isLocalhost(host));
    }

    private static ServiceDefect hostStyle(ServiceAddress address, String bucket, String variable) {
        String url = HostNames.isLocalhost(address.host())
                ? address.scheme() + "://127.0.0.1:" + address.port()
                : "a URL with the IP address of " + address.host();
        return new ServiceDefect(
                "With the host '" + address.host() + "' in " + variable + ", clients of S3 look up " + bucket + "."
                        + address.host() + ".",
                "Set " + variable + " to " + url + ", or create the client with forcePathStyle(true).",
                false);
    }
}
