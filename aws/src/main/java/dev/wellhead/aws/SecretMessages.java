package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.text.SafeText;

/**
 * The messages of one database about the secret that it shares with others: they name the variables of this database.
 */
final class SecretMessages {

    private final String secretId;
    private final String region;
    private final String secretVariable;
    private final String regionVariable;

    /**
     * @param secretVariable the variable that names the secret, such as {@code DB_SECRET_ID}
     * @param regionVariable the variable that names the region, such as {@code DB_SECRET_REGION}
     */
    SecretMessages(String secretId, String region, String secretVariable, String regionVariable) {
        this.secretId = secretId;
        this.region = region;
        this.secretVariable = secretVariable;
        this.regionVariable = regionVariable;
    }

    /** {@return a failure of {@link SecretErrors} for this database, or any other failure unchanged} */
    CredentialsException of(CredentialsException failure) {
        CredentialsException reason = SecretErrors.reasonOf(failure);
        if (reason == null) {
            return failure;
        }
        return new CredentialsException(
                "The secret '" + SafeText.of(secretId) + "' (" + secretVariable
                        + ") could not be read from AWS Secrets Manager in " + region + ". " + reason.problem(),
                reason.fix().equals(SecretErrors.CHECK_NAME) ? checkName() : reason.fix(),
                failure);
    }

    private String checkName() {
        return "Check the name in " + secretVariable + ". If it is not an ARN, also check the region, which "
                + regionVariable + " sets.";
    }
}
