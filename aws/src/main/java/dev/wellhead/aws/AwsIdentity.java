package dev.wellhead.aws;

import dev.wellhead.internal.text.SafeCauses;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The AWS credentials of this service, found by the SDK's credentials chain. Thread-safe. */
final class AwsIdentity implements AutoCloseable {

    /** Modules of the SDK that its credentials chain loads by reflection and that not every service has. */
    private static final String[] MODULES = {"sts", "sso", "ssooidc", "signin"};

    private @Nullable AwsCredentialsProvider provider;

    /** Uses the SDK's default chain, which is created by the background thread that needs it first. */
    AwsIdentity() {}

    /** @param provider closed with this object */
    AwsIdentity(AwsCredentialsProvider provider) {
        this.provider = provider;
    }

    /** {@return the SDK's own object} */
    synchronized AwsCredentialsProvider provider() {
        AwsCredentialsProvider created = provider;
        if (created == null) {
            created = DefaultCredentialsProvider.builder().build();
            provider = created;
        }
        return created;
    }

    /** {@return the credentials to sign requests with} Can call instance metadata, a container agent or STS. */
    AwsCredentialsIdentity resolve() {
        try {
            return provider().resolveCredentials();
        } catch (RuntimeException e) {
            // usually an SdkException; a missing module is an IllegalStateException
            throw missing(String.valueOf(e.getMessage()), e);
        }
    }

    private static MissingException missing(String message, RuntimeException cause) {
        for (String module : MODULES) {
            // the SDK has no type or code for this failure, only its message
            if (message.contains("'" + module + "' service module must be on the class path")) {
                String reason = module.equals("sts")
                        ? "The service runs with a web identity (EKS, IRSA) or assumes a role"
                        : "The AWS profile uses single sign-on";
                return new MissingException(
                        reason + ", but software.amazon.awssdk:" + module + " is not on the class path.",
                        "Add it, in the version of the other AWS SDK modules.",
                        cause);
            }
        }
        return new MissingException(
                "There are no AWS credentials.",
                "Give the service a role (task role, instance profile, IRSA with software.amazon.awssdk:sts on the class"
                        + " path), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                cause);
    }

    @Override
    public synchronized void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    /** Thrown if the service has no AWS credentials. */
    static final class MissingException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String fix;

        MissingException(String problem, String fix, RuntimeException cause) {
            super(problem, SafeCauses.of(cause));
            this.fix = fix;
        }

        String problem() {
            return String.valueOf(getMessage());
        }

        String fix() {
            return fix;
        }
    }
}
