package dev.wellhead.aws;

import static dev.wellhead.aws.SampleTokens.BUDGET;
import static dev.wellhead.aws.SampleTokens.NOON;
import static dev.wellhead.aws.SampleTokens.WRITER;
import static dev.wellhead.aws.SampleTokens.expected;
import static dev.wellhead.aws.SampleTokens.failure;
import static dev.wellhead.aws.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The failures if no token can be signed, and the advice if the server refuses one. */
class TokenMessagesTest {

    private final SampleTokens samples = new SampleTokens();
    private final IamTokens tokens = samples.provider();

    @Test
    void current_unexpectedException_isTheCauseOfACredentialsException() {
        IllegalStateException fault = new IllegalStateException("broken");
        TokenRegion broken = new TokenRegion(null, "DB_IAM_REGION", () -> {
            throw fault;
        });
        IamTokens failing = samples.provider(broken, SignedTarget.SAME);

        assertThat(failure(failing, new LoginTarget("db.example", 5432), BUDGET))
                .hasMessage("No authentication token can be signed for user 'app'. The AWS SDK failed with"
                        + " java.lang.IllegalStateException. See the cause; one of the SDK's jars may be missing or"
                        + " have another version.")
                .rootCause()
                .isSameAs(fault);
    }

    @Test
    void current_withoutAnIdentity_namesTheRemedyAndRecovers() throws CredentialsException {
        samples.identities.fail(SdkClientException.create("Unable to load credentials from any of the providers"));

        assertThat(failure(tokens, WRITER, BUDGET))
                .hasMessage(
                        "No authentication token can be signed for user 'app'. There are no AWS credentials. Give the"
                                + " service a role (task role, instance profile, IRSA with software.amazon.awssdk:sts on"
                                + " the class path), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

        samples.identities.recover();
        samples.clock.elapse(Duration.ofMillis(250));
        assertThat(token(tokens.current(WRITER, BUDGET))).isEqualTo(expected(WRITER, NOON.plusMillis(250)));
    }

    @Test
    void current_webIdentityWithoutSts_namesTheMissingModule() {
        WebIdentityTokenFileCredentialsProvider webIdentity = WebIdentityTokenFileCredentialsProvider.builder()
                .roleArn("arn:aws:iam::123456789012:role/ledger")
                .webIdentityTokenFile(Path.of("token"))
                .build();
        IamTokens irsa = new IamTokens(
                "app",
                new RdsTokens("app", SampleTokens.region(null), SignedTarget.SAME),
                new AwsIdentity(webIdentity),
                samples.clock,
                samples.clock);

        assertThat(failure(irsa, WRITER, BUDGET))
                .hasMessage("No authentication token can be signed for user 'app'. The service runs with a web identity"
                        + " (EKS, IRSA) or assumes a role, but software.amazon.awssdk:sts is not on the class path. Add"
                        + " it, in the version of the other AWS SDK modules.");
    }

    @Test
    void current_withoutARegion_namesTheSettings() {
        assertThat(failure(tokens, new LoginTarget("db.example", 5432), BUDGET))
                .hasMessage(
                        "There is no AWS region to sign an authentication token for: DB_IAM_REGION and AWS_REGION are"
                                + " not set, the host 'db.example' has no region in its name, and the AWS profile has"
                                + " none. Set DB_IAM_REGION.");
    }

    @Test
    void adviceOnRefusal_ofAnEndpoint_namesGrantPolicyAndClock() throws CredentialsException {
        assertThat(tokens.adviceOnRefusal(tokens.current(WRITER, BUDGET), WRITER))
                .containsExactly(
                        "Check that the role can log in with tokens: GRANT rds_iam TO \"app\".",
                        "Check that the IAM policy of this service allows rds-db:connect for user 'app' of this"
                                + " database in region eu-west-1.",
                        "Check the clock of this machine: the token was signed at 2026-11-23T12:00:00Z and is valid for"
                                + " 15 minutes from then.");
    }

    @Test
    void adviceOnRefusal_otherRegionOrAlias_beginsWithIt() throws CredentialsException {
        IamTokens configured = samples.provider(SampleTokens.region("us-east-2"), SignedTarget.SAME);
        LoginTarget alias = new LoginTarget("db.example", 5432);

        assertThat(configured.adviceOnRefusal(configured.current(WRITER, BUDGET), WRITER))
                .startsWith("The token is signed for region us-east-2 (DB_IAM_REGION), but the host is in eu-west-1.");
        assertThat(configured.adviceOnRefusal(configured.current(alias, BUDGET), alias))
                .startsWith(
                        "The token is signed for 'db.example', which is not the name of an RDS endpoint. RDS refuses a"
                                + " token for an alias or a tunnel. Set DB_IAM_HOST to the name of the endpoint.");
    }
}
