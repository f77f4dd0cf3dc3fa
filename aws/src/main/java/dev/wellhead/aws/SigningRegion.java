package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/**
 * Which region a token is signed for: the setting's, else the one in the name of the RDS host, else what the SDK's own
 * chain says.
 *
 * @param configured the value of {@code iamRegion}, null where not set
 * @param variable the variable that sets it, for messages
 * @param chain may look at the profile and the instance metadata, so it is asked last
 */
record SigningRegion(@Nullable String configured, String variable, AwsRegionProvider chain) {

    String of(String host) throws CredentialsException {
        if (configured != null) {
            return configured;
        }
        String inName = RdsHost.region(host);
        if (inName != null) {
            return inName;
        }
        try {
            return chain.getRegion().id();
        } catch (SdkClientException e) {
            throw new CredentialsException(
                    "No AWS region is known to sign an authentication token for: " + variable
                            + " is not set, the host '"
                            + host + "' has none in its name, and neither AWS_REGION nor the AWS profile says one. Set "
                            + variable + ".",
                    e);
        }
    }
}
