package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Decides the region of a secret: from its ARN, the setting, or the SDK's own chain, in this order. */
final class AwsRegion {

    private static final int REGION_IN_ARN = 3;

    private AwsRegion() {}

    /**
     * {@return the region of a secret}
     *
     * @param secretId name or ARN
     * @param configured the value of {@code secretRegion}, null if it is not set
     * @param variable the variable that sets it, for messages
     */
    static String ofSecret(String secretId, @Nullable String configured, String variable) throws CredentialsException {
        String inArn = ofArn(secretId);
        if (inArn != null) {
            if (configured != null && !configured.equals(inArn)) {
                throw new CredentialsException(
                        variable + " is '" + configured + "', but the ARN of the secret has " + inArn + ".",
                        "Unset " + variable + "; an ARN needs no region.",
                        null);
            }
            return inArn;
        }
        return configured != null ? configured : ofChain(variable);
    }

    private static @Nullable String ofArn(String secretId) {
        if (!secretId.startsWith("arn:")) {
            return null;
        }
        String[] parts = secretId.split(":", -1);
        return parts.length > REGION_IN_ARN && !parts[REGION_IN_ARN].isEmpty() ? parts[REGION_IN_ARN] : null;
    }

    private static String ofChain(String variable) throws CredentialsException {
        try {
            return new DefaultAwsRegionProviderChain().getRegion().id();
        } catch (SdkClientException e) {
            throw new CredentialsException(
                    "There is no AWS region: " + variable
                            + " and AWS_REGION are not set, and the AWS profile has none.",
                    "Set " + variable + ".",
                    e);
        }
    }
}
