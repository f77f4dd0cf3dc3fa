package dev.wellhead.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4. The SDK's own signer is not used, because it writes the session token to its log at DEBUG and
 * keeps signing keys in a static cache; tests hold this one to the same bytes. Source: AWS IAM User Guide, "Create a
 * signed AWS API request".
 *
 * @param time of the signature, as {@code 20261123T123456Z}
 * @param region that answers
 * @param service by its signing name
 */
record SigningV4(String time, String region, String service) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String TERMINATOR = "aws4_request";

    static SigningV4 at(Instant now, String region, String service) {
        ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
        String time = digits(utc.getYear(), 4) + digits(utc.getMonthValue(), 2) + digits(utc.getDayOfMonth(), 2) + "T"
                + digits(utc.getHour(), 2) + digits(utc.getMinute(), 2) + digits(utc.getSecond(), 2) + "Z";
        return new SigningV4(time, region, service);
    }

    /** {@return what the signature is good for: day, region, service} */
    String scope() {
        return day() + "/" + region + "/" + service + "/" + TERMINATOR;
    }

    /** {@return the signature of a canonical request} */
    String of(String canonicalRequest, String secretAccessKey) {
        String toSign = ALGORITHM + "\n" + time + "\n" + scope() + "\n" + sha256(bytes(canonicalRequest));
        byte[] key = bytes("AWS4" + secretAccessKey);
        for (String part : new String[] {day(), region, service, TERMINATOR, toSign}) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    private String day() {
        return time.substring(0, 8);
    }

    private static String digits(int number, int width) {
        String text = Integer.toString(number);
        return "0".repeat(width - text.length()) + text;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HmacSHA256.", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
