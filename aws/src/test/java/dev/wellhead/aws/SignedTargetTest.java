package dev.wellhead.aws;

import static dev.wellhead.aws.SampleTokens.BUDGET;
import static dev.wellhead.aws.SampleTokens.ENDPOINT;
import static dev.wellhead.aws.SampleTokens.NOON;
import static dev.wellhead.aws.SampleTokens.WRITER;
import static dev.wellhead.aws.SampleTokens.expected;
import static dev.wellhead.aws.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** The host, the port and the region that tokens are signed for. */
class SignedTargetTest {

    private static final LoginTarget GLOBAL =
            new LoginTarget("ledger.global-c1abcdefghij.global.rds.amazonaws.com", 5432);

    private final SampleTokens samples = new SampleTokens();
    private final IamTokens tokens = samples.provider();

    @Test
    void current_configuredRegion_overridesTheHostName() throws CredentialsException {
        IamTokens configured = samples.provider(SampleTokens.region("us-east-2"), SignedTarget.SAME);

        assertThat(token(configured.current(WRITER, BUDGET)))
                .isEqualTo(SignatureV4.EXAMPLE.token(ENDPOINT, 5432, "app", "us-east-2", NOON));
    }

    @Test
    void current_alias_usesTheRegionOfTheProcessAndKeepsTheConfiguredName() throws CredentialsException {
        TokenRegion chain = new TokenRegion(null, "DB_IAM_REGION", () -> Region.EU_NORTH_1);
        IamTokens alias = samples.provider(chain, SignedTarget.SAME);

        assertThat(token(alias.current(new LoginTarget("db.example", 5432), BUDGET)))
                .isEqualTo(SignatureV4.EXAMPLE.token("db.example", 5432, "app", "eu-north-1", NOON));
    }

    @Test
    void current_globalEndpoint_usesTheRegionOfTheProcess() throws CredentialsException {
        TokenRegion chain = new TokenRegion(null, "DB_IAM_REGION", () -> Region.EU_NORTH_1);
        IamTokens global = samples.provider(chain, SignedTarget.SAME);

        assertThat(token(global.current(GLOBAL, BUDGET)))
                .isEqualTo(SignatureV4.EXAMPLE.token(GLOBAL.host(), 5432, "app", "eu-north-1", NOON));
        assertThat(global.adviceOnRefusal(global.current(GLOBAL, BUDGET), GLOBAL))
                .startsWith(
                        "Check that the writer of the global database is in region eu-north-1, for which the token is"
                                + " signed, or set DB_IAM_REGION to its region.");
    }

    @Test
    void current_globalEndpointWithoutARegion_namesTheSetting() {
        assertThatThrownBy(() -> tokens.current(GLOBAL, BUDGET))
                .hasMessage(
                        "There is no AWS region to sign an authentication token for: DB_IAM_REGION and AWS_REGION are"
                                + " not set, the host '" + GLOBAL.host()
                                + "' has no region in its name, and the AWS profile has none. Set DB_IAM_REGION to the region of"
                                + " the writer.");
    }

    @Test
    void current_signedHostAndPort_replaceThoseOfTheTunnel() throws CredentialsException {
        LoginTarget tunnel = new LoginTarget("127.0.0.1", 15432);
        LoginTarget reader = new LoginTarget("127.0.0.1", 25432);
        SignedTarget endpoint = new SignedTarget(ENDPOINT, 5432, List.of(reader), "DB_IAM_HOST");
        IamTokens tunnelled = samples.provider(SampleTokens.region(null), endpoint);

        assertThat(token(tunnelled.current(tunnel, BUDGET))).isEqualTo(expected(WRITER, NOON));
        assertThat(tunnelled.adviceOnRefusal(tunnelled.current(tunnel, BUDGET), tunnel))
                .first()
                .isEqualTo("Check that the role can log in with tokens: GRANT rds_iam TO \"app\".");
        assertThat(endpoint.of(reader)).isEqualTo(reader);
        assertThat(new SignedTarget(null, 5432, List.of(), "DB_IAM_HOST").of(tunnel))
                .isEqualTo(new LoginTarget("127.0.0.1", 5432));
        assertThat(new SignedTarget(ENDPOINT, null, List.of(), "DB_IAM_HOST").of(tunnel))
                .isEqualTo(new LoginTarget(ENDPOINT, 15432));
    }

    @Test
    void signedTarget_settings_exemptTheServersOfTheReader() {
        SignedTarget target = SignedTarget.of(new RequestFromMap(Map.of(
                "iamHost", ENDPOINT,
                "iamPort", "5432",
                "port", "15432",
                "readerHost", "127.0.0.1,tunnel.internal",
                "readerPort", "25432,25433")));

        assertThat(target.of(new LoginTarget("127.0.0.1", 15432))).isEqualTo(WRITER);
        assertThat(target.of(new LoginTarget("127.0.0.1", 25432))).isEqualTo(new LoginTarget("127.0.0.1", 25432));
        assertThat(target.of(new LoginTarget("tunnel.internal", 25433)))
                .isEqualTo(new LoginTarget("tunnel.internal", 25433));
        assertThat(target.variable()).isEqualTo("LEDGER_iamHost");
    }
}
