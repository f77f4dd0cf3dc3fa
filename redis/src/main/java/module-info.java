/**
 * A Lettuce client for Redis or Valkey from the environment. Entry type: {@link dev.wellhead.redis.Redis}.
 *
 * @uses dev.wellhead.credentials.CredentialsProviderFactory for credentials in a store that core does not support
 */
@SuppressWarnings({
    "requires-transitive-automatic", // Lettuce has no module descriptor
    "module" // the command line is built later
})
module dev.wellhead.redis {
    requires transitive dev.wellhead.core;
    requires transitive lettuce.core;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires reactor.core;
    requires org.reactivestreams;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.wellhead.redis;
    exports dev.wellhead.redis.internal to
            dev.wellhead.cli;

    uses dev.wellhead.credentials.CredentialsProviderFactory;
}
