package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.time.Duration;

/** Says what is wrong with a secret and what to do, for one database. */
final class StoreMessages {

    private final String secretId;
    private final String region;
    private final String secretVariable;
    private final String regionVariable;

    /**
     * @param secretVariable the variable that names the secret, such as {@code DB_SECRET_ID}
     * @param regionVariable the variable that names the region, such as {@code DB_SECRET_REGION}
     */
    StoreMessages(String secretId, String region, String secretVariable, String regionVariable) {
        this.secretId = secretId;
        this.region = region;
        this.secretVariable = secretVariable;
        this.regionVariable = regionVariable;
    }

    /** {@return the secret, as logs and errors call it} */
    String description() {
        return "secret '" + secretId + "' in " + region;
    }

    CredentialsException of(StoreException e) {
        return new CredentialsException(unread() + ". " + e.getMessage(), fix(e.failure()), e);
    }

    /** What somebody is told who could wait no longer for an answer. */
    CredentialsException late(Duration waited) {
        StoreException late = new StoreException(
                StoreFailure.UNREACHABLE, "It had not answered after " + waited.toMillis() + " ms.", null);
        return of(late);
    }

    /** What is told of a fault that no store explains. */
    CredentialsException broken(Throwable thrown) {
        return new CredentialsException(
                unread() + ", because of " + thrown.getClass().getName() + ".",
                "See the cause; a jar of the AWS SDK may be missing or of another version.",
                thrown);
    }

    private String unread() {
        return "The secret '" + secretId + "' (" + secretVariable + ") could not be read from AWS Secrets Manager in "
                + region;
    }

    private String fix(StoreFailure failure) {
        return switch (failure) {
            case NOT_FOUND ->
                "Check the name in " + secretVariable + ", and the region: " + regionVariable
                        + " sets it where the name is no ARN.";
            case ACCESS_DENIED -> "Allow secretsmanager:GetSecretValue on the secret to the role of this service.";
            case KMS_DENIED -> "Allow kms:Decrypt on the key of the secret to the role of this service.";
            case NO_IDENTITY ->
                "Give the service a role (task role, instance profile, IRSA with"
                        + " software.amazon.awssdk:sts on the class path) or set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY.";
            case MODULE_MISSING -> "Add it, in the version of the AWS SDK that is there.";
            case IDENTITY_REFUSED -> "Renew the AWS credentials of this service and check its clock.";
            case THROTTLED -> "Fewer refreshes, or a higher quota for GetSecretValue, will help.";
            case UNREACHABLE ->
                "Check the route to Secrets Manager: a NAT gateway or a VPC endpoint, its security"
                        + " group, and AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.";
            case BROKEN ->
                "It is asked again; if it stays, look at the health of the service or of what stands" + " between.";
            case BINARY -> "Store the credentials as text (SecretString).";
        };
    }
}
