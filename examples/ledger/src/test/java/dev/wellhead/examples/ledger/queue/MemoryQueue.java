package dev.wellhead.examples.ledger.queue;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.outbox.OutboxEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A queue in memory with the rules of SQS: a received message is hidden until {@link #showAgain}, and becomes a dead letter if
 * it would be received more than three times. It is not SQS: SqsEntryQueue is tested with ElasticMQ, by LedgerServicesTest.
 */
final class MemoryQueue implements EntryQueue {

    private static final int MOST_RECEIVES = 3;

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final List<String> deadLetters = new ArrayList<>();
    private int number;
    private int receives;
    private boolean losesDeletions;

    private static final class Message {
        final String body;
        int receives;
        boolean hidden;

        Message(String body) {
            this.body = body;
        }
    }

    synchronized void send(String... bodies) {
        for (String body : bodies) {
            messages.put("receipt-" + number++, new Message(body));
        }
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public synchronized Set<UUID> deliver(List<OutboxEntry> entries) {
        entries.forEach(entry -> send(EntryMessage.of(entry).body()));
        return entries.stream().map(OutboxEntry::id).collect(Collectors.toSet());
    }

    @Override
    public synchronized List<Received> receive() {
        receives++;
        List<Received> received = new ArrayList<>();
        Iterator<Map.Entry<String, Message>> all = messages.entrySet().iterator();
        while (all.hasNext() && received.size() < 10) {
            Map.Entry<String, Message> next = all.next();
            Message message = next.getValue();
            if (message.hidden) {
                continue;
            }
            if (message.receives == MOST_RECEIVES) {
                deadLetters.add(message.body);
                all.remove();
                continue;
            }
            message.receives++;
            message.hidden = true;
            received.add(new Received(message.body, next.getKey()));
        }
        return received;
    }

    @Override
    public synchronized void delete(Received message) throws ServiceUnavailableException {
        if (losesDeletions) {
            throw new ServiceUnavailableException("the connection was reset");
        }
        messages.remove(message.receipt());
    }

    /** Ends the time during which received messages are hidden. */
    synchronized void showAgain() {
        messages.values().forEach(message -> message.hidden = false);
    }

    /** From now on, deletions fail, as if the service had been killed before them. */
    synchronized void loseDeletions(boolean lost) {
        losesDeletions = lost;
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized int receives() {
        return receives;
    }

    synchronized List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    @Override
    public void close() {}
}
