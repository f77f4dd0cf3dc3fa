package dev.wellhead.aws;

import dev.wellhead.credentials.LoginTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs RDS authentication tokens with the SDK's signer. A token is the URL of a request to service rds-db, without its
 * scheme, and with the signature in the query. Source: Amazon RDS User Guide, "IAM database authentication".
 */
final class TokenSigner {

    /** The only value that RDS accepts. */
    private static final Duration VALID = Duration.ofMinutes(15);

    private static final int HTTPS = 443;

    private TokenSigner() {}

    /** {@return a token with which sessions can be opened for 15 minutes from {@code now}} */
    static String sign(LoginTarget target, String user, String region, AwsCredentialsIdentity identity, Instant now) {
        String host = signedName(target.host());
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(target.port())
                .encodedPath("/")
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter("DBUser", user)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(SignRequest.builder(identity)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALID)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC))
                        .build())
                .request();
        // not getUri(): the SDK keeps URIs in a static cache, and the query is a password
        String query = signed.encodedQueryParameters().orElse("");
        return host + (target.port() == HTTPS ? "" : ":" + target.port()) + "/?" + query;
    }

    /** RDS verifies the signature with the name in lower case and without a final dot. */
    private static String signedName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}
