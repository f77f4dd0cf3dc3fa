package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.credentials.CredentialsRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Serves {@code DB_SECRET_ID} from AWS Secrets Manager and {@code DB_AUTH=iam} with RDS authentication tokens. */
public final class AwsCredentials implements CredentialsProviderFactory {

    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(15);

    /** Made by {@link java.util.ServiceLoader}. */
    public AwsCredentials() {}

    @Override
    public String description() {
        return "AWS Secrets Manager and RDS IAM (wellhead-aws)";
    }

    @Override
    public Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException {
        Optional<String> secretId = request.setting("secretId");
        if (secretId.isPresent()) {
            HttpLog.redactTokens();
            return Optional.of(secret(secretId.get(), request));
        }
        if (request.setting("auth").filter("iam"::equals).isPresent()) {
            HttpLog.redactTokens();
            return Optional.of(iam(request));
        }
        return Optional.empty();
    }

    private static CredentialsProvider secret(String secretId, CredentialsRequest request) throws CredentialsException {
        String region = AwsRegion.ofSecret(
                secretId, request.setting("secretRegion").orElse(null), request.variable("secretRegion"));
        SecretStores.Lease store = SecretStores.lease(region);
        SecretShape shape = new SecretShape(
                secretId,
                request.setting("secretUserKey").orElse("username"),
                request.setting("secretPasswordKey").orElse("password"),
                request.setting("user").orElse(null),
                request.variable("user"));
        StoreMessages messages =
                new StoreMessages(secretId, region, request.variable("secretId"), request.variable("secretRegion"));
        Duration interval = request.duration("secretRefreshInterval").orElse(REFRESH_INTERVAL);
        return new RotatingSecret(secretId, store.store(), shape, messages, Timing.ofSystem(interval), store::close);
    }

    private static CredentialsProvider iam(CredentialsRequest request) {
        return new IamTokens(
                request.setting("user").orElse(""),
                new SigningRegion(
                        request.setting("iamRegion").orElse(null),
                        request.variable("iamRegion"),
                        new DefaultAwsRegionProviderChain()),
                DefaultCredentialsProvider.builder().build(),
                Clock.systemUTC());
    }
}
