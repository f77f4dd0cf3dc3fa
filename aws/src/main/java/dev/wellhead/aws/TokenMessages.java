package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Explains why a token could not be signed. */
final class TokenMessages {

    private final String user;

    TokenMessages(String user) {
        this.user = user;
    }

    /** {@return the failure if there are no AWS credentials} */
    CredentialsException withoutIdentity(AwsIdentity.MissingException e) {
        return unsigned(e.problem(), e.fix(), e);
    }

    /** {@return the failure of a caller whose time ended during the search for AWS credentials} */
    CredentialsException timeoutFailure(Duration budget) {
        return unsigned(
                "The AWS credentials were not found within " + budget.toMillis() + " ms.",
                "Check the route to their source: instance metadata, the container agent or STS.",
                null);
    }

    /** {@return the failure of a signing that ended with an unexpected exception} */
    CredentialsException unexpectedFailure(Throwable unexpected) {
        return unsigned(
                "The AWS SDK failed with " + unexpected.getClass().getName() + ".",
                SdkVersion.fix(unexpected),
                unexpected);
    }

    private CredentialsException unsigned(String problem, String fix, @Nullable Throwable cause) {
        return new CredentialsException(
                "No authentication token can be signed for user '" + user + "'. " + problem, fix, cause);
    }
}
