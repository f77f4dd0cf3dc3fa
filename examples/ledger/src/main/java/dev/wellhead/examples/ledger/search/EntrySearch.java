package dev.wellhead.examples.ledger.search;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.outbox.Destination;
import java.time.LocalDate;
import java.util.List;

/**
 * An index of the posted entries. The identifier of the document is the entry, so delivering it again has no effect. An entry
 * is found a second or two after it was posted. Thread-safe.
 */
public interface EntrySearch extends Destination {

    /**
     * An entry that was found.
     *
     * @param entry the journal entry
     * @param bookedOn the day on which the entry is booked
     * @param description the text of the entry
     * @param accounts the codes of its accounts
     */
    record Found(long entry, LocalDate bookedOn, String description, List<String> accounts) {}

    /** {@return the entries whose description has some of the words in {@code text}, best first, at most {@code most}} */
    List<Found> find(String text, int most) throws ServiceUnavailableException;
}
