package dev.wellhead.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The same signature as the SDK's own signer makes, which is on the class path of the tests. */
class RequestSignerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56Z");
    private static final byte[] BODY = "{\"SecretId\":\"prod/ledger\"}".getBytes(UTF_8);

    static Stream<Arguments> requests() {
        AwsCredentialsIdentity user = AwsCredentialsIdentity.create("AKIDEXAMPLE", "not/a+key");
        AwsCredentialsIdentity session =
                AwsSessionCredentialsIdentity.create("ASIAEXAMPLE", "not/a+key", "a/session+t==");
        return Stream.of(
                Arguments.of("https://secretsmanager.eu-west-1.amazonaws.com/", user),
                Arguments.of("https://secretsmanager.eu-west-1.amazonaws.com", session),
                Arguments.of("http://127.0.0.1:8080/", session),
                Arguments.of("http://localhost:8080/a%20path/to%20it/", user));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void sign_request_signsAsTheSdkDoes(String endpoint, AwsCredentialsIdentity identity) {
        SdkHttpRequest ours = new RequestSigner(URI.create(endpoint), "eu-west-1").sign(BODY, identity, NOW);

        SdkHttpRequest theirs = AwsV4HttpSigner.create()
                .sign(SignRequest.builder(identity)
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(URI.create(endpoint))
                                .putHeader("Content-Type", "application/x-amz-json-1.1")
                                .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(BODY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC))
                        .build())
                .request();
        assertThat(signature(ours)).isEqualTo(signature(theirs));
    }

    private static String signature(SdkHttpRequest request) {
        return request.firstMatchingHeader("Authorization").orElse("");
    }
}
