package dev.wellhead.aws;

import dev.wellhead.credentials.LoginTarget;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs an RDS authentication token: a pre-signed URL of service rds-db without its scheme. The same bytes as the SDK's
 * signer makes, which tests hold it to; that one would write the whole token to its log at TRACE as well. Source: AWS IAM
 * User Guide, "Create a signed AWS API request".
 */
final class TokenSigner {

    private static final String EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final int HTTPS = 443;

    private TokenSigner() {}

    /** {@return a token that opens sessions for 15 minutes from {@code now}} */
    static String sign(LoginTarget target, String user, String region, AwsCredentialsIdentity identity, Instant now) {
        String name = name(target.host());
        String host = target.port() == HTTPS ? name : name + ":" + target.port();
        SigningV4 signing = SigningV4.at(now, region, "rds-db");
        Map<String, String> query = new TreeMap<>();
        query.put("Action", "connect");
        query.put("DBUser", user);
        query.put("X-Amz-Algorithm", SigningV4.ALGORITHM);
        query.put("X-Amz-Credential", identity.accessKeyId() + "/" + signing.scope());
        query.put("X-Amz-Date", signing.time());
        query.put("X-Amz-Expires", "900");
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            query.put("X-Amz-Security-Token", session.sessionToken());
        }
        query.put("X-Amz-SignedHeaders", "host");
        String sorted = joined(query);
        String canonical = "GET\n/\n" + sorted + "\nhost:" + host + "\n\nhost\n" + EMPTY_BODY;
        return host + "/?" + sorted + "&X-Amz-Signature=" + signing.of(canonical, identity.secretAccessKey());
    }

    /** Case and a final dot do not matter to DNS, but to a signature they do: RDS knows its name without them. */
    private static String name(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
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
}
