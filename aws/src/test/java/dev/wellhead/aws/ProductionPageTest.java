package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Databases;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** docs/production.md quotes messages of this module; each quoted message has to be the real one. */
class ProductionPageTest {

    private static final String ENDPOINT = "prod-ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com";
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final TestIdentities identities = TestIdentities.of(SignatureV4.EXAMPLE);
    private final IamTokens tokens = new IamTokens(
            "app",
            new RdsTokens(
                    "app",
                    new TokenRegion(null, "DB_IAM_REGION", () -> {
                        throw SdkClientException.create("no region");
                    }),
                    SignedTarget.SAME),
            identities.identity(),
            clock,
            clock);

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "production.md"));
    }

    @Test
    void variables_ofThePage_resolveToWhatItPromises() throws IOException {
        Map<String, String> secret = new HashMap<>(Map.of(
                "ENVIRONMENT", "production",
                "DB_HOST", ENDPOINT,
                "DB_PORT", "5432",
                "DB_NAME", "ledger",
                "DB_SECRET_ID", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-ledger/app-a1b2c3"));
        for (Map.Entry<String, String> variable : secret.entrySet()) {
            assertThat(page()).contains("\n" + variable.getKey() + "=" + variable.getValue() + "\n");
        }
        Map<String, String> token = new HashMap<>(secret);
        token.remove("DB_SECRET_ID");
        token.put("DB_AUTH", "iam");
        token.put("DB_USER", "app");

        for (Map<String, String> environment : List.of(secret, token)) {
            DatabaseSettings settings = Databases.resolve(environment);
            ResolvedSetting mode = settings.explain(Settings.SSLMODE).orElseThrow();
            assertThat(page()).contains("`sslmode=" + mode.value() + "`");
            assertThat(settings.warnings()).isEmpty();
        }
    }

    @Test
    void unknownRegion_messages_areOnThePage() throws IOException {
        Map<String, String> password = Map.of(
                "ENVIRONMENT", "production",
                "DB_HOST", "prod-ledger.c1abcdefghij.il-central-1.rds.amazonaws.com",
                "DB_NAME", "ledger",
                "DB_USER", "app",
                "DB_PASSWORD", "not used");
        Map<String, String> token = new HashMap<>(password);
        token.remove("DB_PASSWORD");
        token.put("DB_AUTH", "iam");

        assertThat(page())
                .contains(block(Databases.resolve(password).warnings().get(0)))
                .contains(block(String.valueOf(
                        catchThrowableOfType(ConfigurationException.class, () -> Databases.resolve(token))
                                .getMessage())));
    }

    @Test
    void tokenToAServerThatIsNotVerified_message_isOnThePage() throws IOException {
        Map<String, String> token = Map.of("DB_AUTH", "iam", "DB_USER", "app", "DB_SSLMODE", "require");

        assertThat(page())
                .contains(block(String.valueOf(
                        catchThrowableOfType(ConfigurationException.class, () -> Databases.resolve(token))
                                .getMessage())));
    }

    @Test
    void refusedToken_advice_isOnThePage() throws IOException, CredentialsException {
        LoginTarget target = new LoginTarget(ENDPOINT, 5432);
        List<String> advice = tokens.adviceOnRefusal(tokens.current(target, BUDGET), target);

        assertThat(advice).hasSize(3);
        assertThat(page()).contains("  From: " + tokens.description() + "\n  " + String.join("\n  ", advice) + "\n```");
    }

    @Test
    void missingIdentity_messages_areOnThePage() throws IOException {
        TokenMessages messages = new TokenMessages("app");
        TestIdentities failing = TestIdentities.of(SignatureV4.EXAMPLE);

        assertThat(page())
                .contains(block(messages.withoutIdentity(missing(failing, "none"))))
                .contains(block(messages.withoutIdentity(missing(
                        failing, "To use web identity tokens, the 'sts' service module must be on the class path."))))
                .contains(block(messages.timeoutFailure(Duration.ofMillis(900))));
    }

    private static AwsIdentity.MissingException missing(TestIdentities failing, String message) {
        failing.fail(new IllegalStateException(message));
        return catchThrowableOfType(
                AwsIdentity.MissingException.class, () -> failing.identity().resolve());
    }

    @Test
    void missingRegion_message_isOnThePage() throws IOException {
        CredentialsException none = catchThrowableOfType(
                CredentialsException.class, () -> tokens.current(new LoginTarget("db.internal", 5432), BUDGET));

        assertThat(page()).contains(block(none));
    }

    @Test
    void regionsThatAreNotBundled_areTheOnesOfThePage() throws IOException {
        String section = page().split("## 7\\. ", 2)[1].split("\n\n", 3)[1];

        for (String region : RdsTrustAnchors.REGIONS) {
            assertThat(section).doesNotContain("`" + region + "`");
        }
        assertThat(section).contains("`il-central-1`");
    }

    private static String block(CredentialsException e) {
        return block(String.valueOf(e.getMessage()));
    }

    private static String block(String message) {
        return "```text\n" + message + "\n```";
    }
}
