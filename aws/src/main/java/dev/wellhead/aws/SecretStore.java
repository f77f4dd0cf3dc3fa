package dev.wellhead.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Reads secrets with the SDK's client, which decides the endpoint and the retries. The client is created with the first
 * secret, on the background thread that fetches it. Thread-safe.
 */
final class SecretStore implements AutoCloseable {

    /** Secrets Manager answers in about 30 ms; after this time it counts as unreachable. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Restarts with every byte; {@link #CALL_TIMEOUT} does not. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    /** Limits a call with its retries, and an endpoint that sends a byte from time to time. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The pauses before the SDK repeats a throttled call. Its own start at one second, during which the end of the
     * throttling is not noticed. The schedule of the refresher limits the rate.
     */
    private static final BackoffStrategy AFTER_THROTTLING =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofMillis(250));

    private final String region;
    private final AwsIdentity identity;
    private final boolean strict;
    private final @Nullable URI endpoint;
    private @Nullable SecretsManagerClient client;

    /**
     * @param identity closed with this object
     * @param strict whether an endpoint without TLS is refused
     * @param endpoint used instead of the SDK's choice, if not null
     */
    SecretStore(String region, AwsIdentity identity, boolean strict, @Nullable URI endpoint) {
        this.region = region;
        this.identity = identity;
        this.strict = strict;
        this.endpoint = endpoint;
    }

    /**
     * {@return the version with a staging label}
     *
     * @param secretId name or ARN
     * @throws EndpointException if the endpoint is malformed, or does not use TLS in a strict environment
     * @throws AwsIdentity.MissingException if there are no AWS credentials
     * @throws software.amazon.awssdk.core.exception.SdkException if the call fails
     */
    GetSecretValueResponse get(String secretId, StagingLabel label) {
        // first, because a malformed endpoint also makes STS fail, which would be reported as missing credentials
        SecretsManagerClient created = client();
        // the SDK's exception for missing credentials cannot be distinguished from others
        identity.resolve();
        return created.getSecretValue(request -> request.secretId(secretId).versionStage(label.text()));
    }

    /** {@return the client, which is created by the first call} */
    private synchronized SecretsManagerClient client() {
        SecretsManagerClient created = client;
        if (created == null) {
            created = checked();
            client = created;
        }
        return created;
    }

    /**
     * Creates the client. The SDK accepts some malformed endpoints, and fails for others without naming the variable.
     */
    private SecretsManagerClient checked() {
        ConfiguredEndpoint configured = ConfiguredEndpoint.ofProcess();
        SecretsManagerClient created;
        try {
            created = create();
        } catch (RuntimeException e) {
            throw configured.rejected(e);
        }
        URI accepted = created.serviceClientConfiguration().endpointOverride().orElse(null);
        EndpointException malformed = accepted == null ? null : configured.check(accepted);
        if (malformed != null) {
            created.close();
            throw malformed;
        }
        return created;
    }

    private SecretsManagerClient create() {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .region(Region.of(region))
                .credentialsProvider(identity.provider())
                // saves the search for the mode in the profile file
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT)
                        .tlsTrustManagersProvider(HostVerification::trustManagers))
                .overrideConfiguration(configuration -> {
                    configuration.apiCallTimeout(CALL_TIMEOUT);
                    configuration.retryStrategy(retries());
                    if (strict) {
                        configuration.addExecutionInterceptor(new EncryptedEndpoint());
                    }
                });
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    /** {@return the SDK's retries, in the mode of AWS_RETRY_MODE and the profile} */
    private static RetryStrategy retries() {
        RetryMode mode =
                RetryMode.resolver().defaultRetryMode(RetryMode.STANDARD).resolve();
        return AwsRetryStrategy.forRetryMode(mode).toBuilder()
                .throttlingBackoffStrategy(AFTER_THROTTLING)
                .build();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
        identity.close();
    }
}
