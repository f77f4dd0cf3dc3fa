package dev.wellhead.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Computes an authentication token independently of the SDK, step by step as in the specification. Source: AWS IAM User Guide,
 * "Create a signed AWS API request", the steps for signatures in query parameters.
 */
record SignatureV4(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    /** The keys of AWS's own examples; they open nothing. */
    static final SignatureV4 EXAMPLE =
            new SignatureV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    static final SignatureV4 SESSION = new SignatureV4(
            "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "IQoJb3JpZ2luX2VjEXAMPLE/+==");

    /** {@return a token for a database} */
    String token(String host, int port, String user, String region, Instant at) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Action", "connect");
        parameters.put("DBUser", user);
        return token("rds-db", host + ":" + port, parameters, region, at);
    }

    /** {@return a token for a cache} */
    String cacheToken(String cacheName, boolean serverless, String user, String region, Instant at) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Action", "connect");
        parameters.put("User", user);
        if (serverless) {
            parameters.put("ResourceType", "ServerlessCache");
        }
        return token("elasticache", cacheName, parameters, region, at);
    }

    private String token(String service, String authority, Map<String, String> parameters, String region, Instant at) {
        String scope = DAY.format(at) + "/" + region + "/" + service + "/aws4_request";
        // in the order in which the SDK writes the parameters; the signature needs them sorted
        Map<String, String> query = new LinkedHashMap<>(parameters);
        if (sessionToken != null) {
            query.put("X-Amz-Security-Token", sessionToken);
        }
        query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        query.put("X-Amz-Date", TIME.format(at));
        query.put("X-Amz-SignedHeaders", "host");
        query.put("X-Amz-Credential", accessKeyId + "/" + scope);
        query.put("X-Amz-Expires", "900");
        String canonicalQuery = joined(new TreeMap<>(query));
        String canonical = "GET\n/\n" + canonicalQuery + "\nhost:" + authority + "\n\nhost\n" + hex(sha256(""));
        String toSign = "AWS4-HMAC-SHA256\n" + TIME.format(at) + "\n" + scope + "\n" + hex(sha256(canonical));
        byte[] key = hmac(
                hmac(hmac(hmac(bytes("AWS4" + secretAccessKey), DAY.format(at)), region), service), "aws4_request");
        return authority + "/?" + joined(query) + "&X-Amz-Signature=" + hex(hmac(key, toSign));
    }

    private static String joined(Map<String, String> query) {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return text.toString();
    }

    /** RFC 3986: all but the unreserved characters. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
