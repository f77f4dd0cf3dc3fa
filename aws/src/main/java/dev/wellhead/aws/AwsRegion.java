package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Which region to ask: the one in the ARN, else the setting's, else what the SDK's own chain says. */
final class AwsRegion {

    private static final String ARN = "arn:";
    private static final int REGION_IN_ARN = 3;

    private AwsRegion() {}

    /**
     * {@return the region of a secret}
     *
     * @param secretId name or ARN
     * @param configured the value of {@code secretRegion}
     * @param variable the variable that would set it, for messages
     */
    static String ofSecret(String secretId, @Nullable String configured, String variable) throws CredentialsException {
        String inArn = ofArn(secretId);
        if (inArn != null) {
            if (configured != null && !configured.equals(inArn)) {
                throw new CredentialsException(variable + " is '" + configured + "', and the ARN of the secret names "
                        + inArn + ". Unset " + variable + ": the ARN says it all.");
            }
            return inArn;
        }
        return configured != null ? configured : ofChain(variable);
    }

    private static @Nullable String ofArn(String secretId) {
        if (!secretId.startsWith(ARN)) {
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
                    "No AWS region is known: " + variable + ", AWS_REGION and the AWS profile name" + " none. Set "
                            + variable + ".",
                    e);
        }
    }
}
