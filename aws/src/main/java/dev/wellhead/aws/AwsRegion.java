package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Decides the region of a secret: from its ARN, the setting, or the SDK's own chain, in this order. */
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

    private static String ofChain(String variable) throws CredentialsException {
        try {
            return ofChain(new DefaultAwsRegionProviderChain());
        } catch (SdkClientException e) {
            throw new CredentialsException(
                    "There is no AWS region: " + variable
                            + " and AWS_REGION are not set, and the AWS profile has none.",
                    "Set " + variable + ".",
                    e);
        }
    }

    /**
     * {@return the region that the SDK's chain finds}
     *
     * @throws SdkClientException if it finds none
     */
    static String ofChain(AwsRegionProvider chain) throws CredentialsException {
        return RegionName.require(chain.getRegion().id(), CHAIN);
    }
}
