package dev.wellhead.examples.ledger;

import dev.wellhead.examples.ledger.cache.BalanceCache;
import dev.wellhead.examples.ledger.cache.RedisBalanceCache;
import dev.wellhead.examples.ledger.queue.EntryQueue;
import dev.wellhead.examples.ledger.queue.SqsEntryQueue;
import dev.wellhead.examples.ledger.search.EntrySearch;
import dev.wellhead.examples.ledger.search.OpenSearchEntries;
import dev.wellhead.examples.ledger.statements.S3StatementStore;
import dev.wellhead.examples.ledger.statements.StatementStore;
import dev.wellhead.settings.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the services that the environment names. A client whose variable is not set is not created, and no class of
 * its library is loaded.
 */
final class ServiceClients implements AutoCloseable {

    /** Either of them is enough; wellhead-redis reads the others too. */
    private static final List<String> CACHE = List.of("REDIS_URL", "REDIS_HOST");

    private static final String QUEUE_URL = "ENTRIES_QUEUE_URL";
    private static final String TOPIC = "ENTRIES_TOPIC_ARN";
    private static final String BUCKET = "STATEMENTS_BUCKET";
    private static final String SEARCH_URL = "OPENSEARCH_URL";

    private @Nullable BalanceCache cache;
    private @Nullable EntryQueue queue;
    private @Nullable StatementStore storage;
    private @Nullable EntrySearch search;

    private ServiceClients() {}

    /** {@return no client} */
    static ServiceClients none() {
        return new ServiceClients();
    }

    /** {@return these clients, each of which may be null} */
    static ServiceClients of(
            @Nullable BalanceCache cache,
            @Nullable EntryQueue queue,
            @Nullable StatementStore storage,
            @Nullable EntrySearch search) {
        ServiceClients clients = new ServiceClients();
        clients.cache = cache;
        clients.queue = queue;
        clients.storage = storage;
        clients.search = search;
        return clients;
    }

    /**
     * {@return the clients; the caller closes them} Does not wait for a connection, so that the ledger starts while a service
     * does not answer.
     *
     * @throws IllegalArgumentException if a variable has a wrong value; the message is for the user and contains no value
     * @throws ConfigurationException if the settings of the cache are invalid
     */
    static ServiceClients fromEnvironment(Map<String, String> environment) {
        if (!environment.getOrDefault(TOPIC, "").isBlank()) {
            throw new IllegalArgumentException(TOPIC
                    + " is set, but the ledger sends to the queue itself, because the local"
                    + " queue has no topics. Create the queue with topic = false, and set only " + QUEUE_URL + ".");
        }
        ServiceClients clients = new ServiceClients();
        try {
            // no references to methods: they would load the class of the client also if its variable is not set
            String cache = CACHE.stream()
                    .filter(name -> !environment.getOrDefault(name, "").isBlank())
                    .findFirst()
                    .orElse("");
            clients.cache = client(
                    environment, cache, "dev.wellhead:wellhead-redis", value -> RedisBalanceCache.open(environment));
            clients.queue =
                    client(environment, QUEUE_URL, "software.amazon.awssdk:sqs", url -> SqsEntryQueue.open(url));
            clients.storage =
                    client(environment, BUCKET, "software.amazon.awssdk:s3", name -> S3StatementStore.open(name));
            clients.search =
                    client(environment, SEARCH_URL, "software.amazon.awssdk:auth", url -> OpenSearchEntries.open(url));
            return clients;
        } catch (RuntimeException e) {
            clients.close();
            throw e;
        }
    }

    private static <T> @Nullable T client(
            Map<String, String> environment, String variable, String library, Function<String, ? extends T> open) {
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            return null;
        }
        try {
            return open.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variable + " cannot be used: " + e.getMessage() + ".", e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    variable + " is set, but the class path does not contain " + library + ". Add it.", e);
        }
    }

    Optional<BalanceCache> cache() {
        return Optional.ofNullable(cache);
    }

    Optional<EntryQueue> queue() {
        return Optional.ofNullable(queue);
    }

    Optional<StatementStore> storage() {
        return Optional.ofNullable(storage);
    }

    Optional<EntrySearch> search() {
        return Optional.ofNullable(search);
    }

    /** {@return the names of the services that are switched on} */
    List<String> names() {
        return Stream.of(
                        cache().map(client -> "cache"),
                        queue().map(client -> "queue"),
                        storage().map(client -> "storage"),
                        search().map(client -> "search"))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        queue().ifPresent(EntryQueue::close);
        storage().ifPresent(StatementStore::close);
        cache().ifPresent(BalanceCache::close);
    }
}
