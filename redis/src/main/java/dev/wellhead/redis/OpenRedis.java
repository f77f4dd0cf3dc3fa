package dev.wellhead.redis;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.open.CredentialsChoice;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.HostAndPort;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
    private final Deque<AutoCloseable> parts;

    private OpenRedis(RedisSettings resolved, Deque<AutoCloseable> parts) {
        this.parts = parts;
        provider = CredentialsChoice.of(resolved.resolved());
        parts.push(provider);
        settings = completed(resolved, provider);
        for (String warning : settings.warnings()) {
            LOG.warn("Redis '{}': {}", settings.name(), warning);
        }
        plan = ConnectionPlan.of(settings);
        ClientResources resources = ClientResources.create();
        parts.push(() -> resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS));
        uri = plan.uri();
        if (!(settings.credentialsSource() instanceof CredentialsSource.NoPassword)) {
            LoginProbe probe = new LoginProbe(resources, plan.options(), plan.uri());
            parts.push(probe);
            StreamedCredentials logins =
                    new StreamedCredentials(provider, plan.target(), settings.connectTimeout(), probe);
            parts.push(logins);
            uri.setCredentialsProvider(logins);
        }
        client = RedisClient.create(resources, uri);
        parts.push(client::shutdown);
        client.setOptions(plan.options());
        LOG.info("{}", plan.line(provider.description()));
    }

    static OpenRedis of(RedisSettings settings) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return new OpenRedis(settings, parts);
        } catch (RuntimeException | Error e) {
            close(parts, e);
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
        close(parts, null);
    }

    /** Closes the parts, the last one first. Each part closes even if another one fails. */
    private static void close(Deque<AutoCloseable> parts, @Nullable Throwable failure) {
        RuntimeException first = null;
        synchronized (parts) {
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    if (failure != null) {
                        failure.addSuppressed(e);
                    } else if (first == null) {
                        first = e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
                    } else {
                        first.addSuppressed(e);
                    }
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
