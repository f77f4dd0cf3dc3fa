package dev.wellhead.aws;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.testkit.SecretsManagerServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Creates providers that read secrets from the test's own server. */
final class RotatingSecrets {

    static final AwsCredentialsProvider IDENTITY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-key"));

    static final SecretKeys KEYS = keys("username");

    private RotatingSecrets() {}

    static RotatingSecret follow(String secretId, SecretsManagerServer server) {
        return follow(secretId, server, IDENTITY, Duration.ofMinutes(15));
    }

    static RotatingSecret follow(
            String secretId, SecretsManagerServer server, AwsCredentialsProvider identity, Duration refreshInterval) {
        return follow(secretId, server.uri(), identity, refreshInterval, RefreshClock.SYSTEM);
    }

    static RotatingSecret follow(
            String secretId,
            URI endpoint,
            AwsCredentialsProvider identity,
            Duration refreshInterval,
            RefreshClock clock) {
        return database(secretId, shared(secretId, endpoint, identity, clock), refreshInterval, "username");
    }

    /** {@return a secret that closes with the first database that closes} */
    static SharedSecret shared(String secretId, URI endpoint, AwsCredentialsProvider identity, RefreshClock clock) {
        return new SharedSecret(
                secretId,
                new SecretStore("eu-west-1", new AwsIdentity(identity), false, endpoint),
                new SecretErrors(secretId, "eu-west-1"),
                clock);
    }

    /** {@return the credentials of one database in a secret} */
    static RotatingSecret database(String secretId, SharedSecret secret, Duration refreshInterval, String userKey) {
        return new RotatingSecret(
                secret,
                new SecretLogins(new SecretParser("The secret '" + secretId + "'", keys(userKey), null, "DB_USER")),
                new SecretMessages(secretId, "eu-west-1", "DB_SECRET_ID", "DB_SECRET_REGION"),
                refreshInterval,
                secret::close);
    }

    static SecretKeys keys(String userKey) {
        return new SecretKeys(userKey, "password", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY");
    }

    static String login(String user, String password) {
        return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }

    /** {@return the passwords of the candidates, in their order} */
    static List<String> passwords(CredentialsSet set) {
        return set.candidates().stream().map(Credentials::password).toList();
    }
}
