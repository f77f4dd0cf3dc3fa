package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.text.SafeText;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Explains the failures of reading one secret. Each has a cause of type {@link CredentialsException} that consists only
 * of the reason and the remedy; {@link SecretMessages} adds the variables of a database. Only codes and types of the
 * SDK's exceptions are used; their messages can quote an answer, and an answer can contain the secret.
 */
final class SecretErrors {

    /** The reasons for which Secrets Manager rejects a call. */
    private enum Rejection {
        NOT_FOUND,
        DELETED,
        ACCESS_DENIED,
        KEY_DENIED,
        IDENTITY_REJECTED,
        THROTTLED,
        OTHER;

        /** Source: AWS Secrets Manager API Reference, "GetSecretValue" and "Common Errors". */
        static Rejection of(AwsServiceException e) {
            if (e.isThrottlingException()) {
                return THROTTLED;
            }
            return switch (code(e)) {
                case "ResourceNotFoundException" -> NOT_FOUND;
                case "InvalidRequestException" -> DELETED;
                case "AccessDeniedException" -> isAboutKey(e) ? KEY_DENIED : ACCESS_DENIED;
                case "DecryptionFailure", "DecryptionFailureException", "KMSAccessDeniedException" -> KEY_DENIED;
                case "UnrecognizedClientException",
                        "InvalidSignatureException",
                        "SignatureDoesNotMatch",
                        "IncompleteSignature",
                        "MissingAuthenticationTokenException",
                        "ExpiredTokenException",
                        "RequestExpired",
                        "InvalidClientTokenId" -> IDENTITY_REJECTED;
                default -> e.statusCode() == 401 || e.statusCode() == 403 ? ACCESS_DENIED : OTHER;
            };
        }

        /** Secrets Manager reports a denial by KMS with its own code; only the message mentions KMS. */
        private static boolean isAboutKey(AwsServiceException e) {
            String message =
                    e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
            return message != null && message.contains("KMS");
        }
    }

    private static final int LONGEST_CODE = 64;

    private static final String CHECK_ROUTE =
            "Check the route to Secrets Manager: a NAT gateway or a VPC endpoint, its security group, and"
                    + " AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.";

    /** The remedy that {@link SecretMessages} replaces by one with the variables of the database. */
    static final String CHECK_NAME = "Check the name of the secret. If it is not an ARN, also check the region.";

    private final String secretId;
    private final String region;

    SecretErrors(String secretId, String region) {
        this.secretId = secretId;
        this.region = region;
    }

    /** {@return the secret's name in logs and messages} */
    String description() {
        return "secret '" + SafeText.of(secretId) + "' in " + region;
    }

    /** {@return the reason of a failure of this class, with the remedy; null if it is another failure} */
    static @Nullable CredentialsException reasonOf(CredentialsException failure) {
        CredentialsException reason = null;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason = cause instanceof CredentialsException nested ? nested : reason;
        }
        return reason;
    }

    /** {@return whether the failure concerns only the version with one label, so that another label can be readable} */
    static boolean concernsVersion(RuntimeException e) {
        if (!(e instanceof AwsServiceException service)) {
            return false;
        }
        return switch (Rejection.of(service)) {
            case NOT_FOUND, DELETED, ACCESS_DENIED, KEY_DENIED -> true;
            default -> false;
        };
    }

    /** {@return the failure of a call, or of the creation of the client} */
    CredentialsException of(RuntimeException e) {
        if (e instanceof AwsIdentity.MissingException missing) {
            return unread(missing.problem(), missing.fix(), missing);
        }
        if (e instanceof EndpointException endpoint) {
            return unread(endpoint.problem(), endpoint.fix(), null);
        }
        if (e instanceof AwsServiceException service) {
            return rejected(service);
        }
        if (e instanceof ApiCallTimeoutException) {
            return unread("It did not answer in time.", CHECK_ROUTE, null);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return unread("Its host " + SafeText.of(cause.getMessage()) + " does not resolve.", CHECK_ROUTE, cause);
            }
            if (cause instanceof SocketTimeoutException) {
                return unread("It did not answer in time.", CHECK_ROUTE, cause);
            }
            // not every IOException: the exceptions of the JSON parser quote the answer
            if (cause instanceof SocketException || cause instanceof SSLException) {
                return unread("It could not be reached.", CHECK_ROUTE, cause);
            }
        }
        return unread(
                "The AWS SDK could not make the call or read the answer ("
                        + e.getClass().getSimpleName() + ").",
                "Check AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL and the AWS profile if they are set, and"
                        + " whether a proxy answers instead of Secrets Manager.",
                null);
    }

    /**
     * {@return the failure of a call that Secrets Manager answered} Its message has only the code of the error: the
     * text of the answer is not under our control.
     */
    private CredentialsException rejected(AwsServiceException e) {
        String code = code(e).isEmpty() ? "HTTP " + e.statusCode() : code(e);
        return switch (Rejection.of(e)) {
            case NOT_FOUND -> unread("There is no such secret in region " + region + ".", CHECK_NAME, null);
            case DELETED -> unread("It may be scheduled for deletion (" + code + ").", CHECK_NAME, null);
            case ACCESS_DENIED ->
                unread(
                        "The role of this service is not allowed to read it (" + code + ").",
                        "Allow secretsmanager:GetSecretValue on the secret to the role.",
                        null);
            case KEY_DENIED ->
                unread(
                        "The role of this service is not allowed to use the KMS key that encrypts it (" + code + ").",
                        "Allow kms:Decrypt on the key to the role.",
                        null);
            case IDENTITY_REJECTED ->
                unread(
                        "AWS rejected the AWS credentials of this service (" + code + ").",
                        "Renew them and check the clock of this machine.",
                        null);
            case THROTTLED ->
                unread(
                        "Too many calls (" + code + ").",
                        "Refresh less often, or request a higher quota for GetSecretValue.",
                        null);
            case OTHER ->
                unread(
                        "It answered with HTTP status " + e.statusCode() + ", and the call is repeated.",
                        "If the problem persists, check the health of Secrets Manager and of proxies on the way.",
                        null);
        };
    }

    /** {@return the failure of a secret that has no text} */
    CredentialsException withoutText() {
        return unread(
                "It has no text; binary secrets are not supported.",
                "Store the credentials as text (SecretString).",
                null);
    }

    /** {@return the failure of a caller that could not wait longer} */
    CredentialsException timeoutFailure(Duration budget) {
        return unread("It had not answered after " + budget.toMillis() + " ms.", CHECK_ROUTE, null);
    }

    /** {@return the failure of a fetch that ended with an unexpected exception} */
    CredentialsException unexpectedFailure(Throwable unexpected) {
        return unread(
                "The AWS SDK failed with " + unexpected.getClass().getName() + ".",
                SdkVersion.fix(unexpected),
                unexpected);
    }

    private CredentialsException unread(String reason, String fix, @Nullable Throwable cause) {
        return new CredentialsException(
                "The secret '" + SafeText.of(secretId) + "' could not be read from AWS Secrets Manager in " + region
                        + ". " + reason,
                fix,
                new CredentialsException(reason, fix, cause));
    }

    /** {@return AWS's code of the error, such as {@code ResourceNotFoundException}; empty if the answer has none} */
    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return SafeText.of(code, LONGEST_CODE);
    }
}
