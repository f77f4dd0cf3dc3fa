package dev.wellhead.redis;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.open.Closing;
import dev.wellhead.internal.open.CredentialsChoice;
import dev.wellhead.internal.open.ServiceEvents;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.redis.StreamedCredentials.Pace;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.tls.SslMode;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of an open client. A failed attempt to open one closes everything that it opened. */
final class OpenRedis {

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

    /** Threads that are idle end immediately; a task that is running has this time. */
    private static final long SHUTDOWN_SECONDS = 2;

    private final RedisSettings settings;
    private final CredentialsProvider provider;
    private final ConnectionPlan plan;
    private final RedisURI uri;
    private final RedisClient client;
    private final Closing parts;

    private OpenRedis(RedisSettings resolved, Closing parts) {
        this.parts = parts;
        provider = CredentialsChoice.of(resolved.resolved());
        parts.add(provider);
        provider.prepare();
        settings = completed(resolved, provider);
        for (String warning : settings.warnings()) {
            LOG.warn("Redis '{}': {}", settings.name(), warning);
        }
        plan = ConnectionPlan.of(settings);
        ClientResources resources = ClientResources.create();
        parts.add(() -> resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS));
        uri = plan.uri();
        uri.setCredentialsProvider(credentials(resources));
        client = RedisClient.create(resources, uri);
        parts.add(client::shutdown);
        client.setOptions(plan.options());
        LOG.info("{}", plan.line(provider.description()));
    }

    /** {@return the credentials for Lettuce} A login that cannot change needs no thread and no checks. */
    private RedisCredentialsProvider credentials(ClientResources resources) {
        if (settings.credentialsSource() instanceof CredentialsSource.NoPassword) {
            return plan.uri().getCredentialsProvider();
        }
        if (settings.credentialsSource() instanceof CredentialsSource.Fixed fixed) {
            return new StaticCredentialsProvider(LoginProbe.inTermsOfLettuce(
                    Credentials.of(fixed.user(), fixed.value().reveal(), "configured")));
        }
        ServiceEvents events = new ServiceEvents(settings.resolved(), settings.sslMode() != SslMode.DISABLE);
        parts.add(events);
        LoginProbe probe = new LoginProbe(resources, plan.options(), plan.uri());
        parts.add(probe);
        StreamedCredentials streamed = new StreamedCredentials(
                events.measured(provider), plan.target(), settings.connectTimeout(), probe, events, Pace.USUAL);
        parts.add(streamed);
        return streamed;
    }

    static OpenRedis of(RedisSettings settings) {
        Closing parts = new Closing();
        try {
            return new OpenRedis(settings, parts);
        } catch (RuntimeException | Error e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    /** {@return the settings with the server that a secret names} */
    private static RedisSettings completed(RedisSettings settings, CredentialsProvider provider) {
        if (!settings.credentialsSource().isSecret()) {
            return settings;
        }
        HostAndPort server = settings.server().orElse(new HostAndPort("", 0));
        try {
            CredentialsSet set =
                    provider.current(new LoginTarget(server.host(), server.port()), settings.connectTimeout());
            return new RedisSettings(SettingsCompletion.complete(
                    settings.resolved(), set.location().orElse(null), provider.description()));
        } catch (CredentialsException e) {
            throw failure(e);
        }
    }

    private static RedisConnectionException failure(CredentialsException e) {
        return new RedisConnectionException(e.getMessage(), e);
    }

    RedisSettings settings() {
        return settings;
    }

    RedisURI uri() {
        return uri;
    }

    ClientOptions options() {
        return plan.options();
    }

    RedisClient client() {
        return client;
    }

    boolean refreshCredentials() {
        Duration budget = settings.connectTimeout();
        try {
            long before = provider.current(plan.target(), budget).generation();
            return provider.fetchNow(plan.target(), budget).generation() != before;
        } catch (CredentialsException e) {
            throw failure(e);
        }
    }

    void close() {
        parts.close();
    }
}
