package dev.wellhead.aws;

import dev.wellhead.testkit.SecretsManagerServer;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Secrets that are followed in a store of the test's own. */
final class RotatingSecrets {

    static final AwsCredentialsProvider IDENTITY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-key"));

    private RotatingSecrets() {}

    static RotatingSecret follow(String secretId, SecretsManagerServer store) {
        return follow(secretId, store, IDENTITY, Duration.ofMinutes(15));
    }

    static RotatingSecret follow(
            String secretId, SecretsManagerServer store, AwsCredentialsProvider identity, Duration refreshInterval) {
        SecretStore secrets = new SecretsManager(store.uri(), "eu-west-1", identity);
        return new RotatingSecret(
                secretId,
                secrets,
                new SecretShape(secretId, "username", "password", null, "DB_USER"),
                new StoreMessages(secretId, "eu-west-1", "DB_SECRET_ID", "DB_SECRET_REGION"),
                Timing.ofSystem(refreshInterval),
                secrets::close);
    }

    static String login(String user, String password) {
        return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }
}
