package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains why a token could not be signed, and what to check if the server refuses one. */
final class TokenMessages {

    private final String user;
    private final String regionVariable;
    private final String hostVariable;

    /**
     * @param regionVariable the variable that sets the region to sign for, such as {@code DB_IAM_REGION}
     * @param hostVariable the variable that sets the host to sign for, such as {@code DB_IAM_HOST}
     */
    TokenMessages(String user, String regionVariable, String hostVariable) {
        this.user = user;
        this.regionVariable = regionVariable;
        this.hostVariable = hostVariable;
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

    /**
     * {@return what to check, the most likely reason first} RDS refuses a token without a reason, so the advice lists
     * all known ones.
     *
     * @param signed the host and the port that the token is signed for
     */
    List<String> adviceOnRefusal(LoginTarget signed, AuthenticationToken token) {
        List<String> advice = new ArrayList<>(4);
        String inName = RdsHost.region(signed.host());
        if (RdsHost.isGlobal(signed.host())) {
            advice.add("Check that the writer of the global database is in region " + token.region()
                    + ", for which the token is signed, or set " + regionVariable + " to its region.");
        } else if (inName == null) {
            advice.add("The token is signed for '" + signed.host()
                    + "', which is not the name of an RDS endpoint. RDS refuses a token for an alias or a tunnel. Set "
                    + hostVariable + " to the name of the endpoint.");
        } else if (!inName.equals(token.region())) {
            advice.add("The token is signed for region " + token.region() + " (" + regionVariable
                    + "), but the host is in " + inName + ".");
        }
        advice.add("Check that the role can log in with tokens: GRANT rds_iam TO \"" + user + "\".");
        advice.add("Check that the IAM policy of this service allows rds-db:connect for user '" + user
                + "' of this database in region " + token.region() + ".");
        advice.add("Check the clock of this machine: the token was signed at " + token.signedAt()
                + " and is valid for 15 minutes from then.");
        return advice;
    }
}
