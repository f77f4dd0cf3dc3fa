package dev.wellhead.examples.ledger.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class SignedAuthorizationTest {

    private static final String SECRET_KEY = "secret-key-of-the-test";
    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=access-key/(\\d{8})/eu-west-1/es/aws4_request,"
                    + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

    @Test
    void headers_ofADomain_areSignedAsTheSpecificationDemands() throws Exception {
        SignedAuthorization authorization = new SignedAuthorization(
                "eu-west-1",
                StaticCredentialsProvider.create(AwsSessionCredentials.create("access-key", SECRET_KEY, "session")));
        URI uri = URI.create("https://vpc-prod-ledger.eu-west-1.es.amazonaws.com/ledger-entries/_search");
        byte[] body = "{\"size\":20}".getBytes(UTF_8);

        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(authorization.headers("POST", uri, "application/json", body));

        assertThat(headers).containsEntry("X-Amz-Security-Token", "session").doesNotContainKeys("Host", "Content-Type");
        Matcher parts = AUTHORIZATION.matcher(headers.get("Authorization"));
        assertThat(parts.matches()).as(headers.get("Authorization")).isTrue();
        // what the HTTP client adds
        headers.put("Host", uri.getHost());
        headers.put("Content-Type", "application/json");
        assertThat(parts.group(2).split(";", -1))
                .contains("content-type", "host", "x-amz-date", "x-amz-security-token");
        assertThat(parts.group(3)).isEqualTo(signature("POST", uri, headers, parts.group(2), parts.group(1), body));
    }

    /** Source: AWS, "Create a signed AWS API request": canonical request, string to sign, signing key, signature. */
    private static String signature(
            String method, URI uri, Map<String, String> headers, String signedHeaders, String day, byte[] body)
            throws GeneralSecurityException {
        StringBuilder request = new StringBuilder(method + "\n" + uri.getRawPath() + "\n\n");
        for (String name : signedHeaders.split(";", -1)) {
            request.append(name)
                    .append(':')
                    .append(String.valueOf(headers.get(name)).strip())
                    .append('\n');
        }
        request.append('\n').append(signedHeaders).append('\n').append(hash(body));
        String scope = day + "/eu-west-1/es/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + headers.get("X-Amz-Date") + "\n" + scope + "\n"
                + hash(request.toString().getBytes(UTF_8));
        byte[] key = ("AWS4" + SECRET_KEY).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String hash(byte[] content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
