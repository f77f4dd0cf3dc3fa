package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told of a token that could not be signed, or that the server refused. */
final class TokenMessages {

    /** Parts of the SDK that its credentials chain looks for and that no service needs everywhere. */
    private static final String[] MODULES = {"sts", "sso", "ssooidc", "signin"};

    private final String user;
    private final String regionVariable;

    TokenMessages(String user, String regionVariable) {
        this.user = user;
        this.regionVariable = regionVariable;
    }

    CredentialsException withoutIdentity(RuntimeException e) {
        String said = String.valueOf(e.getMessage());
        for (String module : MODULES) {
            if (said.contains("'" + module + "' service module must be on the class path")) {
                return unsigned(
                                (module.equals("sts")
                                                ? "the service runs with a web identity (EKS, IRSA) or assumes a role,"
                                                : "the AWS profile signs in,")
                                        + " and software.amazon.awssdk:" + module + " is not on the class path",
                                "Add it.",
                        e);
            }
        }
        return unsigned(
                "there are no AWS credentials",
                "Give the service a role (task role, instance profile, IRSA), or set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY.",
                e);
    }

    CredentialsException late(Duration budget) {
        return unsigned(
                "the AWS credentials did not come within " + budget.toMillis() + " ms",
                "Check the route to what gives them: instance metadata, the container agent or STS.",
                null);
    }

    /** What is told of a fault that nothing here explains. */
    CredentialsException broken(Throwable thrown) {
        return unsigned(
                "signing ended with " + thrown.getClass().getName(),
                "See the cause; a jar of the AWS SDK may be missing or of another version.",
                thrown);
    }

    CredentialsException interrupted(InterruptedException e) {
        return new CredentialsException("Waiting for AWS credentials was interrupted.", e);
    }

    private CredentialsException unsigned(String why, String fix, @Nullable Throwable cause) {
        return new CredentialsException(
                "No authentication token can be signed for user '" + user + "': " + why + ".", fix, cause);
    }

    List<String> refused(LoginTarget target, SignedToken token) {
        List<String> advice = new ArrayList<>(4);
        String inName = RdsHost.region(target.host());
        if (inName == null) {
            advice.add("Check that '" + target.host()
                    + "' is the name of the RDS endpoint: a token for an alias of it is refused.");
        } else if (!inName.equals(token.region())) {
            advice.add("The token is signed for region " + token.region() + " (" + regionVariable
                    + "), and the host is in " + inName + ".");
        }
        advice.add("Check that the role takes tokens: GRANT rds_iam TO \"" + user + "\".");
        advice.add("Check that the IAM policy of this service allows rds-db:connect on user '" + user
                + "' of this database in region " + token.region() + ".");
        advice.add("Check the clock of this machine: the token says " + token.signedAt()
                + ", and is taken for 15 minutes from then.");
        return advice;
    }
}
