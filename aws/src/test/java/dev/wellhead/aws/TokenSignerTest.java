package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.LogCapture;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Compares tokens with a computation from the specification. */
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

    private static String sign(
            String host, int port, String user, String region, AwsCredentials identity, Instant now) {
        TokenRequest request =
                new RdsTokens(user, SampleTokens.region(null), SignedTarget.SAME).request(new LoginTarget(host, port));
        return TokenSigner.sign(request, region, identity, now);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void sign_token_isTheOneOfTheSpecification(
            String what, String configured, String host, int port, String user, String region, SignatureV4 keys) {
        AwsCredentials identity = TestIdentities.identity(keys, null);

        String token = sign(configured, port, user, region, identity, NOW);

        assertThat(token).isEqualTo(keys.token(host, port, user, region, NOW));
    }

    @Test
    void sign_portOfHttps_isLeftOut() {
        AwsCredentials identity = TestIdentities.identity(SignatureV4.EXAMPLE, null);

        String token = sign(INSTANCE, 443, "app", "eu-west-1", identity, NOW);

        assertThat(token).startsWith(INSTANCE + "/?");
    }

    /** The token is a password, and the SDK keeps the URIs that it creates in a static cache. */
    @Test
    void sign_token_isInNoLog() {
        AwsCredentials identity = TestIdentities.identity(SignatureV4.SESSION, null);
        try (LogCapture log = LogCapture.start()) {
            String token = sign(INSTANCE, 5432, "app", "eu-west-1", identity, NOW);

            String signature =
                    token.substring(token.indexOf("X-Amz-Signature=") + "X-Amz-Signature=".length(), token.length());
            assertThat(log.text()).doesNotContain(signature.split("&", 2)[0]);
        }
    }
}
