package dev.wellhead.aws;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.tls.SslMode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Supplies {@code DB_SECRET_ID} and {@code REDIS_SECRET_ID} from AWS Secrets Manager, RDS authentication tokens for
 * {@code DB_AUTH=iam}, and those of ElastiCache for {@code REDIS_AUTH=iam}. Databases with the same secret share its
 * reads, the SDK client and the credentials chain, which are closed with the last of them.
 */
public final class AwsCredentials implements CredentialsProviderFactory {

    /** The setting that only a Redis has. A token for ElastiCache is signed for it, and not for the server. */
    private static final String CACHE_NAME = "cacheName";

    /** The default of {@code secretRefreshInterval}. A rotation is noticed earlier if the server refuses a login. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(15);

    /**
     * A token is a password in clear text, so the server has to be verified. Sources: Amazon RDS User Guide, "IAM
     * database authentication" and "Using SSL/TLS to encrypt a connection".
     */
    static final Authentication IAM = Authentication.of("iam", "an authentication token")
            .inClearText()
            .withMinimumSslMode(SslMode.VERIFY_CA)
            .withRequiredUser()
            .withAdvice(
                    "Check that the role logs in with tokens (GRANT rds_iam).",
                    "Amazon publishes those of RDS at https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem."
                            + " The regions of China and GovCloud have their own.");

    /** Called by {@link java.util.ServiceLoader}. */
    public AwsCredentials() {}

    @Override
    public String description() {
        return "AWS Secrets Manager and IAM (wellhead-aws)";
    }

    @Override
    public List<Authentication> authentications() {
        return List.of(IAM);
    }

    @Override
    public Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException {
        Optional<String> secretId = request.setting("secretId");
        try {
            if (secretId.isPresent()) {
                return Optional.of(secret(secretId.get(), request));
            }
            if (request.setting("auth").filter(IAM.word()::equals).isPresent()) {
                return Optional.of(iam(request));
            }
        } catch (LinkageError e) {
            throw SdkVersion.explained(e);
        }
        return Optional.empty();
    }

    /** {@return a provider for one database} Makes no call: the first login or {@code prepare} fetches the secret. */
    private static CredentialsProvider secret(String secretId, CredentialsRequest request) throws CredentialsException {
        SecretName name = SecretName.of(secretId, request.variable("secretId"));
        String region = AwsRegion.ofSecret(
                name, request.setting("secretRegion").orElse(null), request.variable("secretRegion"));
        SecretParser parser = new SecretParser(
                "The secret '" + secretId + "'",
                SecretKeys.of(request),
                request.setting("user").orElse(null),
                request.variable("user"));
        SecretMessages messages =
                new SecretMessages(secretId, region, request.variable("secretId"), request.variable("secretRegion"));
        Duration interval = request.duration("secretRefreshInterval").orElse(REFRESH_INTERVAL);
        SecretAddress address = SecretAddress.of(secretId, region, request.isStrict(), System.getProperties());
        // last, because only the provider closes it
        SharedSecret shared = SharedSecrets.OF_PROCESS.open(address, AwsCredentials::open);
        return new RotatingSecret(
                shared, new SecretLogins(parser), messages, interval, () -> SharedSecrets.OF_PROCESS.close(address));
    }

    private static SharedSecret open(SecretAddress address) {
        return new SharedSecret(
                address.secretId(),
                new SecretStore(address.region(), new AwsIdentity(), address.strict(), null),
                new SecretErrors(address.secretId(), address.region()),
                RefreshClock.SYSTEM);
    }

    /**
     * {@return a provider of authentication tokens} A token replaces the password, so a user is required but no
     * secret.
     */
    private static CredentialsProvider iam(CredentialsRequest request) throws CredentialsException {
        String region = request.setting("iamRegion").orElse(null);
        if (region != null) {
            RegionName.require(region, request.variable("iamRegion"));
        }
        String user = request.setting("user").orElse("");
        TokenRegion tokenRegion = new TokenRegion(region, request.variable("iamRegion"), AwsRegion::ofProcess);
        TokenService service = request.setting(CACHE_NAME)
                .<TokenService>map(cache -> new CacheTokens(user, tokenRegion, cache, request.variable(CACHE_NAME)))
                .orElseGet(() -> new RdsTokens(user, tokenRegion, SignedTarget.of(request)));
        return new IamTokens(user, service, new AwsIdentity(), Clock.systemUTC(), RefreshClock.SYSTEM);
    }
}
