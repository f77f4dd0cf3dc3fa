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
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.redis.StreamedCredentials.Pace;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.tls.SslMode;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lettuce client for one Redis or Valkey server, or for a cluster of them. Settings come from the same kinds of sources as
 * those of a database, strongest first: system properties ({@code wellhead.redis.<name>.*}), the environment
 * ({@code REDIS_URL} and {@code REDIS_*}), {@code application.conf}, the secret that holds the credentials, and defaults.
 *
 * <p>Passwords and authentication tokens can change while the client is open: connections that open later use the new ones,
 * and open connections authenticate again. Thread-safe; one client with one connection serves all threads.
 *
 * <pre>{@code
 * try (Redis redis = Redis.fromEnvironment();
 *         StatefulRedisConnection<String, String> connection = redis.client().connect()) {
 *     connection.sync().set("greeting", "hello");
 * }
 * }</pre>
 */
public final class Redis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final String UNNAMED = "default";

    private final RedisSettings settings;
    private final CredentialsProvider provider;
    private final ConnectionPlan plan;
    private final RedisURI uri;
    private final RedisClient client;
    private final Closing closing;

    private Redis(RedisSettings resolved, Closing closing) {
        this.closing = closing;
        provider = CredentialsChoice.of(resolved.resolved());
        closing.add(provider);
        provider.prepare();
        settings = completed(resolved, provider);
        for (String warning : settings.warnings()) {
            LOG.warn("Redis '{}': {}", settings.name(), warning);
        }
        plan = ConnectionPlan.of(settings);
        ClientResources resources = ClientResources.create();
        closing.add(() -> {
            // idle threads end immediately, and a running task has two seconds
            Future<?> unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
        });
        uri = plan.uri(credentials(resources));
        client = RedisClient.create(resources, uri);
        closing.add(client::shutdown);
        client.setOptions(plan.options());
        LOG.info("{}", plan.line(provider.description()));
    }

    /** {@return the credentials for Lettuce} A login that cannot change needs no thread and no checks. */
    private RedisCredentialsProvider credentials(ClientResources resources) {
        CredentialsSource source = settings.credentialsSource();
        RedisCredentialsProvider noLogin = new RedisURI().getCredentialsProvider();
        if (source instanceof CredentialsSource.NoPassword none) {
            return none.user().isEmpty()
                    ? noLogin
                    : LoginProbe.unchanging(Credentials.withoutPassword(none.user(), ""));
        }
        if (source instanceof CredentialsSource.Fixed fixed) {
            return LoginProbe.unchanging(
                    Credentials.of(fixed.user(), fixed.value().reveal(), ""));
        }
        ServiceEvents events = new ServiceEvents(settings.resolved(), settings.sslMode() != SslMode.DISABLE);
        closing.add(events);
        LoginProbe probe = new LoginProbe(resources, plan.options(), plan.uri(noLogin));
        closing.add(probe);
        StreamedCredentials streamed =
                new StreamedCredentials(settings.resolved(), events.measured(provider), probe, events, Pace.USUAL);
        closing.add(streamed);
        return streamed;
    }

    /**
     * {@return the default client, with the settings of this process; the caller closes it} Connects to nothing yet, except for
     * reading a secret.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws RedisConnectionException if a secret that may name the server cannot be read within connectTimeout
     */
    public static Redis fromEnvironment() {
        return fromEnvironment(UNNAMED);
    }

    /**
     * {@return the client with this name; the caller closes it} As {@link #fromEnvironment()}, but the settings are
     * {@code <NAME>_REDIS_URL}, {@code <NAME>_REDIS_*} and {@code wellhead.redis.<name>}; those of the default client are not
     * used.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws RedisConnectionException if a secret that may name the server cannot be read within connectTimeout
     */
    public static Redis fromEnvironment(String name) {
        return open(resolve(SettingsRequest.ofProcess(name)));
    }

    /**
     * {@return the settings that {@code environment} contains for the default client} Opens nothing, and does not read this
     * process's environment and system properties.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static RedisSettings resolve(Map<String, String> environment) {
        return resolve(UNNAMED, environment);
    }

    /**
     * {@return the settings that {@code environment} contains for the client with this name} As {@link #resolve(Map)}.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static RedisSettings resolve(String name, Map<String, String> environment) {
        return resolve(SettingsRequest.of(name, environment));
    }

    static RedisSettings resolve(SettingsRequest request) {
        return new RedisSettings(SettingsResolver.resolve(request.of(RedisCatalogue.REDIS)));
    }

    /**
     * {@return a client with these settings; the caller closes it}
     *
     * @throws ConfigurationException if they need a module that is not on the class path, if the server that the secret names
     *     cannot be used, or if the root certificates cannot be read
     * @throws RedisConnectionException if a secret that may name the server cannot be read within connectTimeout
     */
    public static Redis open(RedisSettings settings) {
        Closing closing = new Closing();
        try {
            return new Redis(settings, closing);
        } catch (RuntimeException | Error e) {
            closing.closeAfter(e);
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
            throw new RedisConnectionException(e.getMessage(), e);
        }
    }

    /** {@return the client, whose connections use {@link #uri()}; closed with this object} */
    public RedisClient client() {
        return client;
    }

    /**
     * {@return the server with TLS, database, client name, time-out and the credentials provider, for another client such as
     * {@code RedisClusterClient} or one of Spring Data} The caller can change the returned object. Another client also needs
     * {@link #options()}; close it before this object.
     */
    public RedisURI uri() {
        return plan.uri(uri.getCredentialsProvider());
    }

    /** {@return the options of the client, with the root certificates and the time-outs; immutable} */
    public ClientOptions options() {
        return plan.options();
    }

    /** {@return the settings, completed by the server that a secret names} */
    public RedisSettings settings() {
        return settings;
    }

    /**
     * Fetches the credentials once from their source, without waiting for a change. If there are new ones and the server accepts
     * them, they are used from then on. Blocks for at most connectTimeout, and for one login.
     *
     * @throws RedisConnectionException if the source fails, and the credentials in use stay in use; or if this object is closed
     */
    public void refreshCredentials() {
        try {
            HostAndPort server = plan.server();
            provider.fetchNow(new LoginTarget(server.host(), server.port()), settings.connectTimeout());
            if (uri.getCredentialsProvider() instanceof StreamedCredentials streamed) {
                streamed.pollNow();
            }
        } catch (CredentialsException e) {
            throw new RedisConnectionException(e.getMessage(), e);
        }
    }

    /** Closes the client with its connections, and the credentials provider. A second call does nothing. */
    @Override
    public void close() {
        closing.close();
    }

    /** {@return the settings; nothing sensitive} */
    @Override
    public String toString() {
        return settings.toString();
    }
}
