package dev.wellhead.cli.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which variables name a service, and what is shown of them. */
class NamedServicesTest {

    private static List<NamedService> services(Map<String, String> variables) {
        return NamedServices.of(variables, name -> SettingsRequest.of(name, variables), List.of(), List.of());
    }

    private static List<String> lines(Map<String, String> variables) {
        return services(variables).stream()
                .map(service -> service.label() + " | " + service.place() + " | " + service.keys())
                .toList();
    }

    @Test
    void services_withoutVariables_areNone() {
        assertThat(lines(Map.of())).isEmpty();
        assertThat(lines(Map.of("REDIS_URL", " ", "AMQP_URL", "", "REDIS_PORT", "tcp://10.0.0.1:6379")))
                .isEmpty();
    }

    @Test
    void services_ofTheLocalInfrastructure_areListedInOrder() {
        assertThat(lines(Map.of(
                        "REDIS_URL", "redis://127.0.0.1:6379",
                        "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324",
                        "AMQP_URL", "amqp://guest:guest@127.0.0.1:5672",
                        "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9090",
                        "OPENSEARCH_URL", "http://127.0.0.1:9200",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")))
                .containsExactly(
                        "cache | redis://127.0.0.1:6379 | REDIS_URL",
                        "queue | http://127.0.0.1:9324 | AWS_ENDPOINT_URL_SQS",
                        "rabbitmq | amqp://127.0.0.1:5672 | AMQP_URL",
                        "storage | http://127.0.0.1:9090 | AWS_ENDPOINT_URL_S3",
                        "search | http://127.0.0.1:9200 | OPENSEARCH_URL",
                        "metrics | http://127.0.0.1:4317, OTLP over gRPC | OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    /** The variables that the modules of infrastructure/terraform output. */
    @Test
    void services_ofTerraform_areListedWithWhatIsUsedThere() {
        assertThat(lines(Map.of(
                        "REDIS_HOST", "ledger.abc.cache.amazonaws.com",
                        "REDIS_PORT", "6379",
                        "REDIS_SSLMODE", "verify-full",
                        "REDIS_SECRET_ID", "prod/cache",
                        "QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/ledger-entries",
                        "TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:ledger",
                        "BUCKET", "ledger-statements",
                        "AWS_REGION", "eu-west-1",
                        "OPENSEARCH_URL", "https://vpc-ledger.eu-west-1.es.amazonaws.com",
                        "PROMETHEUS_REMOTE_WRITE_URL",
                                "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write")))
                .containsExactly(
                        "cache | rediss://ledger.abc.cache.amazonaws.com:6379 | REDIS_HOST, REDIS_PORT",
                        "queue | https://sqs.eu-west-1.amazonaws.com, queue ledger-entries | QUEUE_URL",
                        "topic | https://sns.eu-west-1.amazonaws.com, topic ledger | TOPIC_ARN",
                        "storage | https://s3.eu-west-1.amazonaws.com, bucket ledger-statements | BUCKET, AWS_REGION",
                        "search | https://vpc-ledger.eu-west-1.es.amazonaws.com | OPENSEARCH_URL",
                        "metrics | https://aps-workspaces.eu-west-1.amazonaws.com | PROMETHEUS_REMOTE_WRITE_URL");
    }

    @Test
    void cache_named_hasItsName() {
        assertThat(lines(Map.of(
                        "ENVIRONMENT", "production",
                        "SESSIONS_REDIS_URL", "rediss://app:hidden@sessions.internal:6379",
                        "RATE_LIMITS_REDIS_SECRET_ID", "prod/rate-limits",
                        "REDIS_SECRET_FILE", "/run/secrets/cache.json")))
                .containsExactly(
                        "cache | in the secret | REDIS_SECRET_FILE",
                        "cache rate-limits | in the secret | RATE_LIMITS_REDIS_SECRET_ID",
                        "cache sessions | rediss://sessions.internal:6379 | SESSIONS_REDIS_URL");
    }

    /** The name of the address is misspelt, so the client would use its default address, or refuse the settings. */
    @ParameterizedTest
    @CsvSource({
        "REDIS_HSOT, default, REDIS_HOST",
        "REDIS_ULR, default, REDIS_URL",
        "SESSIONS_REDIS_HSOT, sessions, SESSIONS_REDIS_HOST",
        "RATE_LIMITS_REDIS_SECRET_DI, rate-limits, RATE_LIMITS_REDIS_SECRET_ID"
    })
    void cache_misspeltVariable_isListedWithTheProposal(String variable, String name, String meant) {
        NamedService cache = services(Map.of(variable, "cache.internal")).get(0);

        assertThat(cache.name()).isEqualTo(name);
        assertThat(requireNonNull(cache.defect()).message()).isEqualTo(variable + " is not a setting.");
        assertThat(requireNonNull(cache.defect()).fix()).isEqualTo("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS_TTL", "REDIS_PORT", "CACHE_SIZE", "REDIS_SERVICE_HOST", "XREDIS_ULR"})
    void variable_ofAnotherProgram_isNoCache(String variable) {
        assertThat(lines(Map.of(variable, "5"))).isEmpty();
    }

    /** The last part of the path of another URL can be a token. */
    @Test
    void queue_urlOfAnotherForm_isShownWithoutItsPath() {
        assertThat(lines(Map.of("HOOK_QUEUE_URL", "https://hooks.example/services/T0/hidden")))
                .containsExactly("queue | https://hooks.example | HOOK_QUEUE_URL");
    }

    /** Other programs use these names too. */
    @ParameterizedTest
    @CsvSource({
        "QUEUE_URL, amqp://mq/queue",
        "QUEUE_URL, entries",
        "TOPIC_ARN, entries",
        "BUCKET, /var/bucket",
        "RATE_LIMIT_BUCKET, 5"
    })
    void variable_withAnotherMeaning_isNoService(String variable, String value) {
        assertThat(lines(Map.of(variable, value))).isEmpty();
    }

    @Test
    void endpoint_ofSqs_replacesTheHostOfTheQueue() {
        assertThat(lines(Map.of(
                        "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324",
                        "QUEUE_URL", "http://127.0.0.1:9324/000000000000/ledger-entries")))
                .containsExactly(
                        "queue | http://127.0.0.1:9324, queue ledger-entries | AWS_ENDPOINT_URL_SQS, QUEUE_URL");
    }

    /** The SDK uses it for every service without an endpoint of its own. */
    @Test
    void endpoint_ofAllServices_replacesThoseOfAws() {
        assertThat(lines(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"))).isEmpty();
        assertThat(lines(Map.of(
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
                        "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324",
                        "QUEUE_URL", "http://127.0.0.1:9324/000000000000/ledger-entries",
                        "BUCKET", "statements")))
                .containsExactly(
                        "queue | http://127.0.0.1:9324, queue ledger-entries | AWS_ENDPOINT_URL_SQS, QUEUE_URL",
                        "storage | http://127.0.0.1:4566, bucket statements | AWS_ENDPOINT_URL, BUCKET");
        assertThat(defect(Map.of("AWS_ENDPOINT_URL", "http://localhost:4566", "BUCKET", "statements"))
                        .message())
                .isEqualTo("With the host 'localhost' in AWS_ENDPOINT_URL, clients of S3 look up"
                        + " statements.localhost.");
    }

    /** The names of a service that uses several of them. */
    @Test
    void queuesAndBuckets_withPrefixes_areAllListed() {
        assertThat(lines(Map.of(
                        "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324",
                        "ENTRIES_QUEUE_URL", "http://127.0.0.1:9324/000000000000/ledger-entries",
                        "RETRIES_QUEUE_URL", "http://127.0.0.1:9324/000000000000/ledger-retries",
                        "ENTRIES_TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:ledger",
                        "BUCKET", "reports",
                        "STATEMENTS_BUCKET", "ledger-statements",
                        "AWS_REGION", "eu-west-1")))
                .containsExactly(
                        "queue | http://127.0.0.1:9324, queue ledger-entries | AWS_ENDPOINT_URL_SQS, ENTRIES_QUEUE_URL",
                        "queue | http://127.0.0.1:9324, queue ledger-retries | AWS_ENDPOINT_URL_SQS, RETRIES_QUEUE_URL",
                        "topic | https://sns.eu-west-1.amazonaws.com, topic ledger | ENTRIES_TOPIC_ARN",
                        "storage | https://s3.eu-west-1.amazonaws.com, bucket reports | BUCKET, AWS_REGION",
                        "storage | https://s3.eu-west-1.amazonaws.com, bucket ledger-statements"
                                + " | STATEMENTS_BUCKET, AWS_REGION");
    }

    @Test
    void bucket_withoutRegion_hasNoAddress() {
        assertThat(lines(Map.of("BUCKET", "ledger-statements")))
                .containsExactly("storage | bucket ledger-statements, the region is not in AWS_REGION | BUCKET");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4318, , /v1/metrics, HTTP",
        "http://127.0.0.1:4317, http/protobuf, /v1/metrics, HTTP",
        "http://127.0.0.1:4317, grpc, /, gRPC",
        "http://127.0.0.1:4317, , /, gRPC",
        "https://otel.internal/otlp, , /otlp/v1/metrics, HTTP",
    })
    void collector_eachProtocol_hasThePathOfMetrics(String url, String protocol, String path, String spoken) {
        Map<String, String> variables = protocol == null
                ? Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url)
                : Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url, "OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        NamedService service = services(variables).get(0);

        assertThat(service.protocol()).hasToString(spoken);
        assertThat(requireNonNull(service.address()).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:9090|http://127.0.0.1:9090|localhost",
                "http://s3mock:9090|a URL with the IP address of s3mock|s3mock",
            })
    void storage_hostThatHasNoSubdomains_isAWarning(String url, String fixed, String host) {
        ServiceDefect defect = defect(Map.of("AWS_ENDPOINT_URL_S3", url, "BUCKET", "statements"));

        assertThat(defect)
                .isEqualTo(new ServiceDefect(
                        "With the host '" + host + "' in AWS_ENDPOINT_URL_S3, clients of S3 look up statements." + host
                                + ".",
                        "Set AWS_ENDPOINT_URL_S3 to " + fixed + ", or create the client with forcePathStyle(true).",
                        false));
    }

    @Test
    void url_invalid_isAnErrorThatDoesNotShowIt() {
        assertThat(defect(Map.of("AMQP_URL", "amqp://app:hid#den@mq")))
                .isEqualTo(new ServiceDefect(
                        "AMQP_URL is not a valid URL that begins with amqp:// or amqps://.",
                        "Correct AMQP_URL. In a password, write the characters / ? # as %2F %3F %23.",
                        true));
        assertThat(defect(Map.of("REDIS_HOST", "cache", "REDIS_PORT", "x")).message())
                .startsWith("REDIS_PORT is 'x'");
        assertThat(defect(Map.of("REDIS_URL", "redis://hidden@cache"))).satisfies(defect -> {
            assertThat(defect.message() + defect.fix()).contains("REDIS_URL").doesNotContain("hidden");
            assertThat(defect.prevents()).isTrue();
        });
    }

    private static ServiceDefect defect(Map<String, String> variables) {
        return requireNonNull(services(variables).get(0).defect());
    }
}
