package dev.wellhead.redis;

import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManager;

/**
 * How connections are opened, in Lettuce's terms.
 *
 * @param settings with a server
 * @param options with TLS and the time-outs
 */
record ConnectionPlan(RedisSettings settings, HostAndPort server, ClientOptions options) {

    static ConnectionPlan of(RedisSettings settings) {
        HostAndPort server = settings.server()
                .orElseThrow(() -> new IllegalStateException("the settings have no server and no problem"));
        ClientOptions.Builder options = ClientOptions.builder()
                .reauthenticateBehavior(ClientOptions.ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .timeoutOptions(TimeoutOptions.enabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        // a connection to a server that no longer answers is noticed after about 25 seconds
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(10))
                                .interval(Duration.ofSeconds(5))
                                .build())
                        .build());
        if (settings.sslMode() != SslMode.DISABLE) {
            options.sslOptions(sslOptions(settings));
        }
        return new ConnectionPlan(settings, server, options.build());
    }

    /** The same checks of certificates as for databases. The files are read once, now. */
    private static SslOptions sslOptions(RedisSettings settings) {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
        if (settings.trustAnchors().isPresent()) {
            TrustManager trust = trustManager(settings);
            options.sslContext(context -> context.trustManager(trust));
        }
        return options.build();
    }

    private static TrustManager trustManager(RedisSettings settings) {
        try {
            return new TlsContext(settings.resolved(), settings.sslMode()).trustManager();
        } catch (TlsMaterialException e) {
            String variable = settings.variable(Settings.SSLROOTCERT.name());
            List<Origin> origins = settings.explain(Settings.SSLROOTCERT.name()).stream()
                    .map(ResolvedSetting::origin)
                    .toList();
            String fix = e.fix().isEmpty() ? "Set " + variable + " to a file of PEM certificates." : e.fix();
            Problem problem = Problem.of(
                    ProblemCode.UNUSABLE_FILE, variable, String.valueOf(e.getMessage()), origins, List.of(fix));
            throw RedisCatalogue.REDIS.failure(List.of(problem), settings.all());
        }
    }

    RedisURI uri(RedisCredentialsProvider credentials) {
        RedisURI uri = new RedisURI(server.host(), server.port(), settings.commandTimeout()) {
            /** Lettuce calls this before it connects. The question makes the provider check the login; connecting reports it. */
            @Override
            public String toString() {
                credentials.resolveCredentials().onErrorComplete().block();
                return (isSsl() ? "rediss://" : "redis://") + server + "/" + getDatabase();
            }
        };
        uri.setDatabase(settings.database());
        uri.setClientName(settings.clientName());
        uri.setCredentialsProvider(credentials);
        if (settings.sslMode() != SslMode.DISABLE) {
            uri.setSsl(true);
            uri.setVerifyPeer(verification());
        }
        return uri;
    }

    /** As in libpq, {@code require} with root certificates verifies the server as {@code verify-ca} does. */
    private SslVerifyMode verification() {
        if (settings.trustAnchors().isEmpty()) {
            return SslVerifyMode.NONE;
        }
        return settings.sslMode() == SslMode.VERIFY_FULL ? SslVerifyMode.FULL : SslVerifyMode.CA;
    }

    /** {@return the log line of a client that was opened} */
    String line(String credentials) {
        return "Redis '" + settings.name() + "': " + (settings.user().isEmpty() ? "" : settings.user() + "@") + server
                + "/" + settings.database() + ", sslmode=" + settings.sslMode() + ", " + credentials;
    }
}
