package dev.wellhead.examples.ledger.queue;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.outbox.Destination;
import java.util.List;

/**
 * A queue of posted entries that delivers each message at least once. A message that was received and not deleted is delivered
 * again, and becomes a dead letter after a number of times that the queue decides. Thread-safe.
 */
public interface EntryQueue extends Destination, AutoCloseable {

    /**
     * A message that was received.
     *
     * @param body the text of the message
     * @param receipt identifies this delivery to the queue
     */
    record Received(String body, String receipt) {}

    /** {@return the next messages, after at most a few seconds; empty if there is none} */
    List<Received> receive() throws ServiceUnavailableException;

    /** Deletes a message, so that it is not delivered again. */
    void delete(Received message) throws ServiceUnavailableException;

    @Override
    void close();
}
