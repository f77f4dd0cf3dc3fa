package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import org.jspecify.annotations.Nullable;

/**
 * The name or the ARN of a secret, checked before anything is sent. Source: AWS Secrets Manager API Reference, "CreateSecret"
 * (the characters of a name; RDS adds {@code !} to the names of the secrets that it manages), and AWS General Reference,
 * "Amazon Resource Names (ARNs)".
 *
 * @param id as configured
 * @param region the region in the ARN; null for a name
 */
record SecretName(String id, @Nullable String region) {

    private static final int LONGEST_NAME = 512 + "-AbCdEf".length();
    private static final int ARN_PARTS = 7;
    private static final int ACCOUNT_DIGITS = 12;
    private static final String PUNCTUATION = "/_+=.@-!";

    /**
     * @param variable the variable that sets it, for messages
     * @throws CredentialsException if Secrets Manager cannot have a secret of this name
     */
    static SecretName of(String id, String variable) throws CredentialsException {
        if (id.indexOf(':') >= 0) {
            return new SecretName(id, regionOfArn(id.split(":", -1), variable));
        }
        if (!isName(id)) {
            throw new CredentialsException(
                    variable + " is neither the name nor the ARN of a secret.",
                    "Write at most 512 letters, digits and the characters " + PUNCTUATION + " without spaces.",
                    null);
        }
        return new SecretName(id, null);
    }

    private static String regionOfArn(String[] parts, String variable) throws CredentialsException {
        if (parts.length != ARN_PARTS || !parts[0].equals("arn")) {
            throw malformed(variable, "it does not consist of the seven parts of such an ARN");
        }
        if (!isPartition(parts[1])) {
            throw malformed(variable, "its partition is not aws, aws-cn, aws-us-gov or another AWS partition");
        }
        if (!parts[2].equals("secretsmanager")) {
            throw malformed(variable, "its service is not secretsmanager");
        }
        if (!RegionName.isValid(parts[3])) {
            throw malformed(variable, "its region is not the name of an AWS region, such as eu-west-1");
        }
        if (!isAccount(parts[4])) {
            throw malformed(variable, "its account is not a number of 12 digits");
        }
        if (!parts[5].equals("secret") || !isName(parts[6])) {
            throw malformed(variable, "it does not end in secret: and the name of a secret");
        }
        return parts[3];
    }

    private static CredentialsException malformed(String variable, String reason) {
        return new CredentialsException(
                variable + " is a malformed ARN: " + reason + ".",
                "Write arn:aws:secretsmanager:<region>:<account>:secret:<name>, or only the name of the secret.",
                null);
    }

    /** Source: AWS General Reference: {@code aws}, or {@code aws-} and one or more words. */
    private static boolean isPartition(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && c != '-') {
                return false;
            }
        }
        return text.equals("aws") || (text.startsWith("aws-") && !text.endsWith("-"));
    }

    private static boolean isAccount(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() == ACCOUNT_DIGITS;
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_NAME;
    }
}
