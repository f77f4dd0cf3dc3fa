package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Creates token providers with the clock and the AWS credentials of a test, and computes the tokens that they return.
 */
final class SampleTokens {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Duration BUDGET = Duration.ofSeconds(5);
    static final String ENDPOINT = "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com";
    static final LoginTarget WRITER = new LoginTarget(ENDPOINT, 5432);
    static final LoginTarget READER =
            new LoginTarget("ledger-replica-1.c1abcdefghij.eu-west-1.rds.amazonaws.com", 5432);

    final MovableClock clock = new MovableClock(NOON);
    final TestIdentities identities = TestIdentities.of(SignatureV4.EXAMPLE);

    /** {@return a provider if neither the region nor the host to sign for is set} */
    IamTokens provider() {
        return provider(region(null), SignedTarget.SAME);
    }

    IamTokens provider(TokenRegion region, SignedTarget target) {
        return new IamTokens("app", new RdsTokens("app", region, target), identities.identity(), clock, clock);
    }

    /** {@return the region of a process that has none of its own} */
    static TokenRegion region(@Nullable String configured) {
        return new TokenRegion(configured, "DB_IAM_REGION", () -> {
            throw SdkClientException.create("no region in the chain");
        });
    }

    /** {@return the token for a server that is signed at this time} */
    static String expected(LoginTarget target, Instant at) {
        return SignatureV4.EXAMPLE.token(target.host(), target.port(), "app", "eu-west-1", at);
    }

    /** {@return the only token} */
    static String token(CredentialsSet set) {
        assertThat(set.candidates()).hasSize(1);
        assertThat(set.candidates().get(0).user()).isEqualTo("app");
        return set.candidates().get(0).password();
    }

    /** {@return the failure to create a token} */
    static CredentialsException failure(IamTokens tokens, LoginTarget target, Duration budget) {
        return catchThrowableOfType(CredentialsException.class, () -> tokens.current(target, budget));
    }
}
