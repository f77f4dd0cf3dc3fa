package dev.wellhead.redis;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.LoginTarget;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Supplies the first candidate of a provider. */
record RedisLogins(CredentialsProvider provider, LoginTarget server, Duration budget)
        implements RedisCredentialsProvider, AutoCloseable {

    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        return Mono.fromCallable(this::current).subscribeOn(Schedulers.boundedElastic());
    }

    private RedisCredentials current() {
        try {
            Credentials login = provider.current(server, budget).candidates().get(0);
            return RedisCredentials.just(
                    login.user().isEmpty() ? null : login.user(),
                    login.password().toCharArray());
        } catch (CredentialsException e) {
            throw new RedisConnectionException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "RedisLogins[" + provider.description() + "]";
    }
}
