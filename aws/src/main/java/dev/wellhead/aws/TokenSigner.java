package dev.wellhead.aws;

import dev.wellhead.credentials.LoginTarget;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs an RDS authentication token: a pre-signed URL of service rds-db without its scheme. The same bytes as the SDK's
 * signer makes, which tests hold it to. That one is not used here, because it writes the session token to its log at
 * DEBUG and the whole token at TRACE, and keeps the latter in a static cache. Source: AWS IAM User Guide, "Create a
 * signed AWS API request".
 */
final class TokenSigner {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final int HTTPS = 443;

    private TokenSigner() {}

    /** {@return a token that opens sessions for 15 minutes from {@code now}} */
    static String sign(LoginTarget target, String user, String region, AwsCredentialsIdentity identity, Instant now) {
        String name = name(target.host());
        String host = target.port() == HTTPS ? name : name + ":" + target.port();
        String time = time(now);
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/rds-db/aws4_request";
        Map<String, String> query = new TreeMap<>();
        query.put("Action", "connect");
        query.put("DBUser", user);
        query.put("X-Amz-Algorithm", ALGORITHM);
        query.put("X-Amz-Credential", identity.accessKeyId() + "/" + scope);
        query.put("X-Amz-Date", time);
        query.put("X-Amz-Expires", "900");
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            query.put("X-Amz-Security-Token", session.sessionToken());
        }
        query.put("X-Amz-SignedHeaders", "host");
        String sorted = joined(query);
        try {
            String canonical = "GET\n/\n" + sorted + "\nhost:" + host + "\n\nhost\n" + EMPTY_BODY;
            String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                    + hex(MessageDigest.getInstance("SHA-256").digest(bytes(canonical)));
            byte[] key = bytes("AWS4" + identity.secretAccessKey());
            for (String part : new String[] {day, region, "rds-db", "aws4_request", toSign}) {
                key = hmac(key, part);
            }
            return host + "/?" + sorted + "&X-Amz-Signature=" + hex(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has SHA-256 and HmacSHA256.", e);
        }
    }

    /** Case and a final dot do not matter to DNS, but to a signature they do: RDS knows its name without them. */
    private static String name(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** {@code 20261123T123456Z}. */
    private static String time(Instant now) {
        ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
        return digits(utc.getYear(), 4) + digits(utc.getMonthValue(), 2) + digits(utc.getDayOfMonth(), 2) + "T"
                + digits(utc.getHour(), 2) + digits(utc.getMinute(), 2) + digits(utc.getSecond(), 2) + "Z";
    }

    private static String digits(int number, int width) {
        String text = Integer.toString(number);
        return "0".repeat(width - text.length()) + text;
    }

    private static String joined(Map<String, String> query) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            text.append(text.length() == 0 ? "" : "&")
                    .append(parameter.getKey())
                    .append('=')
                    .append(SdkHttpUtils.urlEncode(parameter.getValue()));
        }
        return text.toString();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
