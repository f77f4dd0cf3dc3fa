package dev.wellhead.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs authentication tokens with the SDK's signer. A token is the URL of a request to the service, without its scheme,
 * and with the signature in the query.
 */
final class TokenSigner {

    /** The only value that the services accept. */
    private static final Duration VALID = Duration.ofMinutes(15);

    private static final int HTTPS = 443;

    private TokenSigner() {}

    /** {@return a token with which sessions can be opened for 15 minutes from {@code now}} */
    static String sign(TokenRequest token, String region, AwsCredentialsIdentity identity, Instant now) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(token.host())
                .port(token.port())
                .encodedPath("/");
        token.parameters().forEach(request::putRawQueryParameter);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(SignRequest.builder(identity)
                        .request(request.build())
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, token.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALID)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC))
                        .build())
                .request();
        // not getUri(): the SDK keeps URIs in a static cache, and the query is a password
        String query = signed.encodedQueryParameters().orElse("");
        return token.host() + (token.port() == HTTPS ? "" : ":" + token.port()) + "/?" + query;
    }
}
