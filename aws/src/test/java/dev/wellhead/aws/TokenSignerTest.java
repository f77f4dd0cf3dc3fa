package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.LoginTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;

/** Every byte of a token against a computation from the specification, and against the SDK's signer. */
class TokenSignerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56Z");
    private static final String INSTANCE = "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com";

    static Stream<Arguments> tokens() {
        return Stream.of(
                arguments("an instance", INSTANCE, INSTANCE, 5432, "app", "eu-west-1", SignatureV4.EXAMPLE),
                arguments("a session's keys", INSTANCE, INSTANCE, 5432, "app", "eu-west-1", SignatureV4.SESSION),
                arguments("another port", INSTANCE, INSTANCE, 6543, "app", "eu-west-1", SignatureV4.EXAMPLE),
                arguments(
                        "an alias, as configured",
                        "db.internal.example",
                        "db.internal.example",
                        5432,
                        "app",
                        "us-east-2",
                        SignatureV4.EXAMPLE),
                arguments(
                        "capitals and a final dot",
                        "Ledger.C1abcdefghij.EU-WEST-1.rds.amazonaws.com.",
                        INSTANCE,
                        5432,
                        "app",
                        "eu-west-1",
                        SignatureV4.EXAMPLE),
                arguments(
                        "a user of every kind of character",
                        INSTANCE,
                        INSTANCE,
                        5432,
                        "app+svc reader/é~*&=",
                        "eu-west-1",
                        SignatureV4.SESSION));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void token_isWhatTheSpecificationSays(
            String what, String configured, String host, int port, String user, String region, SignatureV4 keys) {
        AwsCredentials identity = TestIdentities.identity(keys, null);

        String token = TokenSigner.sign(new LoginTarget(configured, port), user, region, identity, NOW);

        assertThat(token).isEqualTo(keys.token(host, port, user, region, NOW));
        // the SDK writes the same parameters in another order, which is no part of the signature
        assertThat(parts(token)).isEqualTo(parts(bySdk(host, port, user, region, identity)));
    }

    @Test
    void token_onThePortOfHttps_isSignedWithoutThePortAsTheSdkDoes() {
        AwsCredentials identity = TestIdentities.identity(SignatureV4.EXAMPLE, null);

        String token = TokenSigner.sign(new LoginTarget(INSTANCE, 443), "app", "eu-west-1", identity, NOW);

        assertThat(parts(token)).isEqualTo(parts(bySdk(INSTANCE, 443, "app", "eu-west-1", identity)));
        assertThat(token).startsWith(INSTANCE + "/?");
    }

    private static List<String> parts(String token) {
        String[] parts = token.split("[?&]", -1);
        Arrays.sort(parts);
        return List.of(parts);
    }

    private static String bySdk(String host, int port, String user, String region, AwsCredentials identity) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(port)
                .encodedPath("/")
                .putRawQueryParameter("DBUser", user)
                .putRawQueryParameter("Action", "connect")
                .build();
        String url = AwsV4HttpSigner.create()
                .sign(SignRequest.builder(identity)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(15))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC))
                        .build())
                .request()
                .getUri()
                .toString();
        return url.substring("https://".length());
    }
}
