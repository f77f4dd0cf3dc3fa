package dev.wellhead.examples.ledger.outbox;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A service that receives every posted entry at least once. Receiving one again must have no further effect. Thread-safe.
 */
public interface Destination {

    /** {@return the name in the table {@code ledger.outbox}} */
    String name();

    /**
     * Delivers entries within a bounded time.
     *
     * @param entries at least one, and at most {@link Relay#BATCH}
     * @return the identifiers of those that the service has accepted; the others are delivered again later
     * @throws ServiceUnavailableException if none was accepted
     */
    Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException;
}
