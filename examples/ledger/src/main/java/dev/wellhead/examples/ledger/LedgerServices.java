package dev.wellhead.examples.ledger;

import dev.wellhead.examples.ledger.cache.BalanceCache;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.examples.ledger.outbox.Destination;
import dev.wellhead.examples.ledger.outbox.Outbox;
import dev.wellhead.examples.ledger.queue.EntryConsumer;
import dev.wellhead.examples.ledger.queue.EntryQueue;
import dev.wellhead.examples.ledger.search.EntrySearch;
import dev.wellhead.examples.ledger.statements.StatementStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The services that are switched on in addition to the database, and the threads that use them. {@link #close} completes the deliveries
 * and the message in progress, within five seconds; the clients and the database are closed after that.
 */
final class LedgerServices implements AutoCloseable {

    private final ServiceClients clients;
    private final Outbox outbox;
    private final @Nullable EntryConsumer consumer;

    private LedgerServices(ServiceClients clients, Outbox outbox, @Nullable EntryConsumer consumer) {
        this.clients = clients;
        this.outbox = outbox;
        this.consumer = consumer;
    }

    /** {@return no service: the ledger uses only the database} */
    static LedgerServices none() {
        return new LedgerServices(ServiceClients.none(), Outbox.none(), null);
    }

    /**
     * {@return the services, which run until they are closed}
     *
     * @param clients the caller closes them after the services
     * @throws SQLException with SQLSTATE 42P01 if the database does not have the tables of the outbox
     */
    static LedgerServices start(ServiceClients clients, Connections connections) throws SQLException {
        List<Destination> destinations = new ArrayList<>();
        clients.queue().ifPresent(destinations::add);
        clients.search().ifPresent(destinations::add);
        Outbox outbox = destinations.isEmpty() ? Outbox.none() : Outbox.start(connections, destinations);
        EntryQueue queue = clients.queue().orElse(null);
        return new LedgerServices(clients, outbox, queue == null ? null : EntryConsumer.start(queue, connections));
    }

    Outbox outbox() {
        return outbox;
    }

    Optional<BalanceCache> cache() {
        return clients.cache();
    }

    Optional<EntrySearch> search() {
        return clients.search();
    }

    Optional<StatementStore> storage() {
        return clients.storage();
    }

    Optional<EntryConsumer> consumer() {
        return Optional.ofNullable(consumer);
    }

    @Override
    public void close() {
        // they stop together, so that their time limits are not added
        outbox.stop();
        if (consumer != null) {
            consumer.stop();
            consumer.close();
        }
        outbox.close();
    }
}
