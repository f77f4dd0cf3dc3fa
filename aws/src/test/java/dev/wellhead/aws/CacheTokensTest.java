package dev.wellhead.aws;

import static dev.wellhead.aws.SampleTokens.BUDGET;
import static dev.wellhead.aws.SampleTokens.NOON;
import static dev.wellhead.aws.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens for ElastiCache, compared with a computation from the specification. */
class CacheTokensTest {

    private static final LoginTarget PRIMARY = new LoginTarget("master.sessions.c1abcd.euw1.cache.amazonaws.com", 6379);
    private static final LoginTarget SERVERLESS =
            new LoginTarget("Sessions-c1abcd.Serverless.euw1.cache.amazonaws.com", 6379);

    private final SampleTokens samples = new SampleTokens();
    private final IamTokens tokens = provider("sessions");

    private IamTokens provider(String cacheName) {
        return new IamTokens(
                "app",
                new CacheTokens("app", SampleTokens.region("eu-west-1"), cacheName, "REDIS_CACHE_NAME"),
                samples.identities.identity(),
                samples.clock,
                samples.clock);
    }

    static Stream<Arguments> caches() {
        return Stream.of(
                arguments("a replication group", PRIMARY, "sessions", false, SignatureV4.EXAMPLE),
                arguments("a session's keys", PRIMARY, "sessions", false, SignatureV4.SESSION),
                arguments("a name with capitals", PRIMARY, "Sessions", false, SignatureV4.EXAMPLE),
                arguments("a serverless cache", SERVERLESS, "sessions", true, SignatureV4.EXAMPLE),
                arguments("an alias", new LoginTarget("cache.internal", 6380), "sessions", false, SignatureV4.EXAMPLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("caches")
    void current_token_isTheOneOfTheSpecification(
            String what, LoginTarget server, String cacheName, boolean serverless, SignatureV4 keys)
            throws CredentialsException {
        samples.identities.become(TestIdentities.identity(keys, null));

        String token = token(provider(cacheName).current(server, BUDGET));

        assertThat(token)
                .isEqualTo(keys.cacheToken("sessions", serverless, "app", "eu-west-1", NOON))
                .startsWith("sessions/?Action=connect&User=app&")
                .contains("&X-Amz-Expires=900&");
    }

    @Test
    void region_thatIsNotSet_isNotLookedForInTheHost() {
        CacheTokens withoutRegion = new CacheTokens("app", SampleTokens.region(null), "cache", "REDIS_CACHE_NAME");
        LoginTarget server = new LoginTarget("master.cache.abc123.euw1.cache.amazonaws.com", 6379);

        assertThat(catchThrowable(() -> withoutRegion.region(server)))
                .hasMessage(
                        "There is no AWS region to sign an authentication token for: DB_IAM_REGION and AWS_REGION are"
                                + " not set, and the AWS profile has none. Set DB_IAM_REGION.");
    }

    @Test
    void current_afterFourteenAndAHalfMinutes_isANewTokenOfTheSameGeneration() throws CredentialsException {
        CredentialsSet first = tokens.current(PRIMARY, BUDGET);
        samples.clock.elapse(Duration.ofSeconds(870));

        CredentialsSet second = tokens.current(PRIMARY, BUDGET);

        assertThat(token(second))
                .isEqualTo(
                        SignatureV4.EXAMPLE.cacheToken("sessions", false, "app", "eu-west-1", NOON.plusSeconds(870)));
        assertThat(second.generation()).isEqualTo(first.generation());
        assertThat(tokens.canChange()).isFalse();
    }

    @Test
    void adviceOnRefusal_replicationGroup_listsWhatToCheck() throws CredentialsException {
        CredentialsSet refused = tokens.current(PRIMARY, BUDGET);

        assertThat(tokens.adviceOnRefusal(refused, PRIMARY))
                .containsExactly(
                        "Check that the replication group 'sessions' (REDIS_CACHE_NAME) is the cache of this server, and"
                                + " that it is in region eu-west-1 (DB_IAM_REGION). The endpoint of a serverless cache"
                                + " contains '.serverless.'.",
                        "Check that the cache has a user 'app' whose authentication mode is IAM, and whose user name and"
                                + " user id are the same.",
                        "Check that the IAM policy of this service allows elasticache:Connect for the cache and for the"
                                + " user 'app'.",
                        "Check the clock of this machine: the token was signed at 2026-11-23T12:00:00Z and is valid for"
                                + " 15 minutes from then.");
    }

    @Test
    void create_cacheName_suppliesTokensOfElastiCache() throws CredentialsException {
        RequestFromMap cache = new RequestFromMap(
                Map.of("auth", "iam", "user", "app", "cacheName", "sessions", "iamRegion", "eu-west-1"));
        RequestFromMap database = new RequestFromMap(Map.of("auth", "iam", "user", "app", "iamRegion", "eu-west-1"));

        assertThat(new AwsCredentials().create(cache).orElseThrow().description())
                .isEqualTo("ElastiCache IAM authentication");
        assertThat(new AwsCredentials().create(database).orElseThrow().description())
                .isEqualTo("RDS IAM authentication");
    }
}
