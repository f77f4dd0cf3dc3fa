package dev.wellhead.redis;

import dev.wellhead.aws.AwsCredentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.credentials.LoginTarget;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

final class AssembledRedis implements AutoCloseable {
    private final ClientResources resources = ClientResources.create();
    private final RedisClient client;
    private final StreamedCredentials credentials;

    AssembledRedis(Map<String, String> env) {
        RedisURI uri = RedisURI.Builder.redis(env.get("REDIS_HOST"), Integer.parseInt(env.get("REDIS_PORT")))
                .build();
        ClientOptions options = ClientOptions.builder()
                .reauthenticateBehavior(ClientOptions.ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .build();
        CredentialsProvider provider;
        try {
            provider = new AwsCredentials().create(new Request(env)).orElseThrow();
        } catch (CredentialsException e) {
            throw new IllegalStateException(e);
        }
        this.credentials = new StreamedCredentials(
                provider,
                new LoginTarget(uri.getHost(), uri.getPort()),
                Duration.ofSeconds(10),
                new LoginProbe(resources, options, uri));
        RedisURI withLogin = RedisURI.builder(uri).build();
        withLogin.setCredentialsProvider(credentials);
        client = RedisClient.create(resources, withLogin);
        client.setOptions(options);
    }

    RedisClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdown();
        credentials.close();
        resources.shutdown();
    }

    record Request(Map<String, String> env) implements CredentialsRequest {
        @Override
        public String name() {
            return "default";
        }

        @Override
        public Optional<String> setting(String settingName) {
            return Optional.ofNullable(settingName.equals("secretId") ? env.get("REDIS_SECRET_ID") : null);
        }

        @Override
        public Optional<Duration> duration(String settingName) {
            return Optional.empty();
        }

        @Override
        public boolean isStrict() {
            return false;
        }

        @Override
        public String variable(String settingName) {
            return "REDIS_" + settingName;
        }
    }
}
