package dev.wellhead.aws;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Tells apart what goes wrong with the store. Only the names of errors are used, never the store's own words: an
 * answer may hold anything.
 */
final class StoreErrors {

    /** Parts of the SDK that its credentials chain looks for and that no service needs everywhere. */
    private static final String[] MODULES = {"sts", "sso", "ssooidc", "signin"};

    private StoreErrors() {}

    /** @param aboutKms whether the store's own words are about KMS: then the denial is not its own */
    static StoreException ofAnswer(int status, String type, boolean aboutKms, String region) {
        if (type.equals("AccessDeniedException") && aboutKms) {
            return ofAnswer(status, "KMSAccessDeniedException", true, region);
        }
        return switch (type) {
            case "ResourceNotFoundException" ->
                new StoreException(StoreFailure.NOT_FOUND, "There is no such secret in region " + region + ".", null);
            case "AccessDeniedException" ->
                new StoreException(
                        StoreFailure.ACCESS_DENIED,
                        "The identity of this service may not read it (AccessDeniedException).",
                        null);
            case "DecryptionFailure", "DecryptionFailureException", "KMSAccessDeniedException" ->
                new StoreException(
                        StoreFailure.KMS_DENIED,
                        "The KMS key that encrypts it may not be used by this service (" + type + ").",
                        null);
            case "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingAuthenticationTokenException",
                    "ExpiredTokenException",
                    "RequestExpired",
                    "InvalidClientTokenId" ->
                new StoreException(
                        StoreFailure.IDENTITY_REFUSED,
                        "AWS refused the identity of this service (" + type + ").",
                        null);
            case "ThrottlingException", "TooManyRequestsException", "LimitExceededException", "Throttling" ->
                new StoreException(StoreFailure.THROTTLED, "It is throttled (" + type + ").", null);
            case "InvalidRequestException" ->
                new StoreException(
                        StoreFailure.NOT_FOUND, "The secret cannot be read; it may be scheduled for deletion.", null);
            default -> ofStatus(status);
        };
    }

    private static StoreException ofStatus(int status) {
        return switch (status) {
            case 429 -> new StoreException(StoreFailure.THROTTLED, "It is throttled (HTTP 429).", null);
            case 401, 403 ->
                new StoreException(
                        StoreFailure.ACCESS_DENIED,
                        "The identity of this service may not read it (HTTP " + status + ").",
                        null);
            default -> new StoreException(StoreFailure.BROKEN, "It answered with HTTP status " + status + ".", null);
        };
    }

    static StoreException ofTransport(Exception e, URI endpoint) {
        String host = String.valueOf(endpoint.getHost());
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new StoreException(StoreFailure.UNREACHABLE, "Its host " + host + " does not resolve.", e);
            }
            if (cause instanceof SocketTimeoutException) {
                return new StoreException(StoreFailure.UNREACHABLE, "It did not answer in time (" + host + ").", e);
            }
        }
        return new StoreException(StoreFailure.UNREACHABLE, "It could not be reached (" + host + ").", e);
    }

    static StoreException ofIdentity(Exception e) {
        String message = String.valueOf(e.getMessage());
        for (String module : MODULES) {
            if (message.contains("'" + module + "' service module must be on the class path")) {
                return new StoreException(
                        StoreFailure.MODULE_MISSING,
                        (module.equals("sts")
                                        ? "The service runs with a web identity (EKS, IRSA) or assumes a role, and"
                                        : "The AWS profile signs in, and")
                                + " software.amazon.awssdk:" + module + " is not on the class path.",
                        e);
            }
        }
        return new StoreException(StoreFailure.NO_IDENTITY, "There are no AWS credentials to ask with.", e);
    }

    static StoreException withoutText(boolean isBinary) {
        return isBinary
                ? new StoreException(StoreFailure.BINARY, "It is a binary secret; only text is supported.", null)
                : new StoreException(StoreFailure.BROKEN, "Its answer holds no secret.", null);
    }

    static @Nullable String text(JsonNode json, String field) {
        JsonNode node = json.isObject() ? json.field(field).orElse(null) : null;
        return node != null && node.isString() ? node.asString() : null;
    }
}
