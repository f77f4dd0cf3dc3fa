package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Decides the region of a secret: from its ARN, the setting, or the SDK's own order of sources. */
final class AwsRegion {

    /** The source of a region that the SDK finds, for messages. */
    private static final String CHAIN = "The region in AWS_REGION or the AWS profile";

    private AwsRegion() {}

    /**
     * {@return the region of a secret}
     *
     * @param configured the value of {@code secretRegion}, null if it is not set
     * @param variable the variable that sets it, for messages
     */
    static String ofSecret(SecretName secret, @Nullable String configured, String variable)
            throws CredentialsException {
        if (configured != null) {
            RegionName.require(configured, variable);
        }
        String inArn = secret.region();
        if (inArn == null) {
            return configured != null ? configured : ofChain(variable);
        }
        if (configured != null && !configured.equals(inArn)) {
            throw new CredentialsException(
                    variable + " is '" + configured + "', but the ARN of the secret has " + inArn + ".",
                    "Unset " + variable + "; an ARN needs no region.",
                    null);
        }
        return inArn;
    }

    /**
     * {@return the region of this process}
     *
     * @throws CredentialsException if it has none, with the variable to set
     */
    private static String ofChain(String variable) throws CredentialsException {
        try {
            return ofChain(AwsRegion::ofProcess);
        } catch (SdkClientException e) {
            throw new CredentialsException(
                    "There is no AWS region: " + variable
                            + " and AWS_REGION are not set, and the AWS profile has none.",
                    "Set " + variable + ".",
                    e);
        }
    }

    /**
     * {@return the region of this process: {@code aws.region}, {@code AWS_REGION}, the AWS profile or the instance
     * metadata} The SDK's region chain is not public API, but its clients use it. The property and the variable are read
     * first, because creating a client on the thread that opens the database delays the start. Can call the instance
     * metadata.
     *
     * @throws SdkClientException if there is no region
     */
    static Region ofProcess() {
        // the order of the SDK. Source: AWS SDKs and Tools Reference Guide, "AWS Region"
        String region = System.getProperty("aws.region", Objects.requireNonNullElse(System.getenv("AWS_REGION"), ""));
        if (!region.isBlank()) {
            return Region.of(region.strip());
        }
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            return client.serviceClientConfiguration().region();
        }
    }

    /**
     * {@return the region that {@code chain} finds, if it is the name of a region}
     *
     * @throws SdkClientException if it finds none
     */
    static String ofChain(Supplier<Region> chain) throws CredentialsException {
        return RegionName.require(chain.get().id(), CHAIN);
    }
}
