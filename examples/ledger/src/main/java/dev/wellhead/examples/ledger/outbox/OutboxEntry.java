package dev.wellhead.examples.ledger.outbox;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A posted entry that has to be delivered.
 *
 * @param id the identifier of the delivery, which is the same if it is repeated
 * @param entry the journal entry
 * @param bookedOn the day on which the entry is booked
 * @param description the text of the entry
 * @param accounts the codes of its accounts, sorted
 */
public record OutboxEntry(UUID id, long entry, LocalDate bookedOn, String description, List<String> accounts) {}
