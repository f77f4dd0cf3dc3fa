package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/**
 * Decides the region that a token is signed for. It uses the setting, then the region in the RDS host name, then the
 * region of this process.
 *
 * @param configured the value of {@code iamRegion}, which is the name of a region; null if it is not set
 * @param variable the variable that sets {@code iamRegion}, for messages
 * @param chain the region of this process; used last, because it can call the instance metadata service
 */
record TokenRegion(@Nullable String configured, String variable, Supplier<Region> chain) {

    /** @param host the host whose name can have the region; empty if it cannot */
    String of(String host) throws CredentialsException {
        if (configured != null) {
            return configured;
        }
        String inName = RdsHost.region(host);
        if (inName != null) {
            return inName;
        }
        try {
            return AwsRegion.ofChain(chain);
        } catch (SdkClientException e) {
            throw new CredentialsException(
                    "There is no AWS region to sign an authentication token for: " + variable
                            + " and AWS_REGION are not set, "
                            + (host.isEmpty() ? "" : "the host '" + host + "' has no region in its name, ")
                            + "and the AWS profile has none.",
                    "Set " + variable + (RdsHost.isGlobal(host) ? " to the region of the writer." : "."),
                    e);
        }
    }
}
