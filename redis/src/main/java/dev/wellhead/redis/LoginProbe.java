package dev.wellhead.redis;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.login.LoginSearch;
import dev.wellhead.internal.connect.login.LoginSearch.Answer;
import dev.wellhead.redis.internal.LoginRefusal;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.resource.ClientResources;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Opens a connection with a login and closes it. Lettuce does not report to a credentials provider whether the server
 * has accepted the login, and a connection that is open keeps its session when the password changes. Thread-safe.
 */
final class LoginProbe implements LoginSearch.Check, AutoCloseable {

    private final RedisClient client;
    private final RedisURI server;

    /**
     * @param resources shared with the client that uses the logins; closed by their owner
     * @param options of that client: TLS and the time-out to connect, which the login also has
     * @param server the server, with TLS; its credentials are not used
     */
    LoginProbe(ClientResources resources, ClientOptions options, RedisURI server) {
        this.client = RedisClient.create(resources);
        this.client.setOptions(options.mutate()
                .autoReconnect(false)
                .reauthenticateBehavior(ReauthenticateBehavior.DEFAULT)
                .build());
        // the time-out of commands can be long, and the check blocks the search for a login
        this.server = RedisURI.builder(server)
                .withTimeout(options.getSocketOptions().getConnectTimeout())
                .build();
    }

    @Override
    public Answer of(Credentials login) {
        RedisURI uri =
                RedisURI.builder(server).withAuthentication(unchanging(login)).build();
        try {
            client.connect(uri).close();
            return Answer.ACCEPTED;
        } catch (RedisException e) {
            return isRefusal(e) ? Answer.REFUSED : Answer.UNKNOWN;
        }
    }

    static RedisCredentialsProvider unchanging(Credentials login) {
        return new StaticCredentialsProvider(inTermsOfLettuce(login));
    }

    /** {@return the login for Lettuce, whose user is null for the default user of the server} */
    static RedisCredentials inTermsOfLettuce(Credentials login) {
        return RedisCredentials.just(
                login.user().isEmpty() ? null : login.user(), login.password().toCharArray());
    }

    /** {@return whether the server refused a login, and not another command of the handshake} */
    static boolean isRefusal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> LoginRefusal.is(String.valueOf(cause.getMessage())));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
